"""Bundles written in a test: tables by file name, packed as a zip file with fixed times, or laid into a folder."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

USERS_11 = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password"
)
USERS_12 = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,"
    "phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
    "preferredFamilyName,primaryOrgSourcedId,pronouns"
)
ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"
SESSIONS = (
    "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
    "Y,,,2026-2027,schoolYear,2026-08-20,2027-06-11,,2027\n"
)
ENROLLMENTS = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate"
)
ROLES = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId"
)
SCHOOLS = f"{ORGS}\nD,,,Maple Valley,district,1,\nE,,,Oak Street School,school,2,D\nH,,,Maple High School,school,3,D\n"


def manifest(version: str, **files: str) -> str:
    """A manifest of a version; `users="delta"` says so of a file."""
    stated = {"orgs": "bulk", "users": "bulk", "enrollments": "bulk", "academicSessions": "bulk"} | files
    lines = "".join(f"file.{name},{mode}\n" for name, mode in stated.items())
    return (
        f"propertyName,value\nmanifest.version,1.0\noneroster.version,{version}\n{lines}source.systemName,Maple SIS\n"
    )


def user_11(name: str, orgs: str, role: str, grade: str, status: str = "", password: str = "") -> str:
    """A user of version 1.1; several organisations are separated by commas."""
    quoted = f'"{orgs}"' if "," in orgs else orgs
    return f"{name},{status},,true,{quoted},{role},{name},,Given{name},Family{name},,{name},,,,,{grade},{password}\n"


def user_12(name: str, grade: str, org: str = "", status: str = "") -> str:
    """A user of version 1.2, whose role stands in another table."""
    return f"{name},{status},,true,{name},,Given{name},Family{name},,{name},,,,,{grade},,,,,,{org},\n"


def one_1_1(users: str, enrollments: str = "", **more: str) -> dict[str, str]:
    """A whole bundle of version 1.1."""
    return {
        "manifest.csv": manifest("1.1"),
        "users.csv": f"{USERS_11}\n{users}",
        "orgs.csv": SCHOOLS,
        "enrollments.csv": f"{ENROLLMENTS}\n{enrollments}",
        "academicSessions.csv": SESSIONS,
        **{name.replace("_csv", ".csv"): text for name, text in more.items()},
    }


def one_1_2(users: str, roles: str, enrollments: str = "") -> dict[str, str]:
    """A whole bundle of version 1.2."""
    return {
        **one_1_1("", enrollments),
        "manifest.csv": manifest("1.2", roles="bulk"),
        "users.csv": f"{USERS_12}\n{users}",
        "roles.csv": f"{ROLES}\n{roles}",
    }


def packed(tables: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The tables as a zip file, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name in sorted(tables):
            text = tables[name]
            info = zipfile.ZipInfo(name, (2026, 9, 1, 0, 0, 0))
            info.compress_type = method
            package.writestr(info, text)
    return out.getvalue()


def laid_out(tables: Mapping[str, str], folder: Path) -> Path:
    """The tables as files of a folder."""
    folder.mkdir()
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
