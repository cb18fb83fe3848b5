"""Canary: names, e-mail addresses, user names and passwords of a roster or a ticket list stay in the file they came in."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.app.folders import DAY, fresh
from tests.importers.canary import contents, found_in
from tests.importers.rosters.bundles import ENROLLMENTS, ORGS, ROLES, SESSIONS, USERS_11, USERS_12, manifest, packed

GIVEN, FAMILY, LOGIN, MAIL = "Zyxwvuta", "Qwertasdf", "zqlogin77", "zqmail@canary.example"
SECRET, IDENTIFIER, BIRTH = "Pw-Xyzzy-9141", "ID-99887766", "2014-03-17"
MARKS = (GIVEN, FAMILY, LOGIN, MAIL, SECRET, IDENTIFIER, BIRTH, GIVEN.casefold(), GIVEN.upper())
PERSON = f"{LOGIN},,{GIVEN},{FAMILY},{GIVEN},{IDENTIFIER},{MAIL},{MAIL},{MAIL},"
SCHOOLS = f"{ORGS}\nE,,,Oak Street School,school,2,\n"
CLASSES = f"{ENROLLMENTS}\nN,,,C,E,{IDENTIFIER}-1,student,true,,\n"
ONE_1 = {
    "manifest.csv": manifest("1.1"),
    "orgs.csv": SCHOOLS,
    "academicSessions.csv": SESSIONS,
    "enrollments.csv": CLASSES,
    "demographics.csv": f"sourcedId,status,dateLastModified,birthDate,sex\n{IDENTIFIER}-1,,,{BIRTH},female\n",
    "users.csv": f"{USERS_11}\n"
    + "".join(f"{IDENTIFIER}-{n},,,true,E,student,{PERSON},03,{SECRET}\n" for n in range(9))
    + f"{IDENTIFIER}-20,,,true,E,student,{PERSON},{GIVEN},{SECRET}\n"  # a name where the grade should be
    + f"{IDENTIFIER}-21,{GIVEN},,true,{FAMILY},{LOGIN},{PERSON},03,{SECRET}\n"
    + f"{IDENTIFIER}-22,,{GIVEN},{FAMILY}\n"
    + f'{IDENTIFIER}-23,,,true,E,student,"{GIVEN}" {FAMILY},,,,,,,,,,03,{SECRET}\n',
}
ONE_2 = ONE_1 | {
    "manifest.csv": manifest("1.2", roles="bulk"),
    "users.csv": f"{USERS_12}\n"
    + "".join(f"{IDENTIFIER}-{n},,,true,{PERSON},03,{SECRET},{MAIL},{GIVEN},,,E,she\n" for n in range(9)),
    "roles.csv": f"{ROLES}\n" + "".join(f"R{n},,,{IDENTIFIER}-{n},primary,student,,,E,{LOGIN}\n" for n in range(9)),
}
SDS_2 = {
    "orgs.csv": "sourcedId,name,type,parentSourcedId\n1,Oak Street School,school,\n",
    "users.csv": "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms\n"
    + "".join(f"{IDENTIFIER}-{n},{LOGIN},{GIVEN},{FAMILY},{SECRET},{MAIL},{MAIL},,\n" for n in range(9)),
    "roles.csv": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\n"
    + "".join(f"{IDENTIFIER}-{n},1,student,Y,05,TRUE,{BIRTH},\n" for n in range(8))
    + f"{IDENTIFIER}-8,{FAMILY},student,Y,{GIVEN},TRUE,,\n",
    "academicSessions.csv": SESSIONS,
    "demographics.csv": f"userSourcedId,sex,birthDate\n{IDENTIFIER}-1,female,{BIRTH}\n",
    "userFlags.csv": f"userSourcedId,flag\n{IDENTIFIER}-1,iep\n",
}
SDS_1 = {
    "School.csv": "SIS ID,Name,Principal Name,Principal Secondary Email\n"
    f"1,Oak Street School,{GIVEN} {FAMILY},{MAIL}\n",
    "Student.csv": "SIS ID,School SIS ID,First Name,Last Name,Username,Password,State ID,Secondary Email,Grade,Status,Birthdate\n"
    + "".join(f"{IDENTIFIER}-{n},1,{GIVEN},{FAMILY},{LOGIN},{SECRET},,{MAIL},4,Active,{BIRTH}\n" for n in range(9))
    + f"{IDENTIFIER}-9,1,{GIVEN},{FAMILY},{LOGIN},{SECRET},,{MAIL},{FAMILY},{GIVEN},{BIRTH}\n",
    "Section.csv": "SIS ID,School SIS ID,Section Name,Term StartDate,Term EndDate\n7,1,Room of {GIVEN},8/20/2026,6/11/2027\n",
}
REFUSED = ONE_1 | {"orgs.csv": f"name,kind\n{GIVEN},{FAMILY}\n"}
FILES: dict[str, bytes] = {
    f"{name}.zip": packed(tables)
    for name, tables in (("one_1", ONE_1), ("one_2", ONE_2), ("sds_2", SDS_2), ("sds_1", SDS_1), ("refused", REFUSED))
}
TICKETS = (
    "Ticket Number,Created Date,Requester,Requester Email,Subject,Description,Category,Device Model,School,Technician,"
    "Time Spent (Minutes),Repair Cost,Status,Notes,Password\n"
    + "".join(
        f"T-{n},2026-{1 + n % 9:02d}-15,{GIVEN} {FAMILY},{MAIL},{GIVEN} dropped it,{SECRET} {LOGIN},Cracked screen,Chromebook 3100,"
        f"Oak Street School,{FAMILY},30,80.00,Closed,{GIVEN} {IDENTIFIER},{SECRET}\n"
        for n in range(20)
    )
    + f"T-77,{GIVEN},,,,,{FAMILY},{LOGIN},{MAIL},,{IDENTIFIER},{SECRET},,,\n"
    + f"T-78,2026-05-05,,,,,{FAMILY},{GIVEN} Chromebook,{LOGIN},,5,1.00,{GIVEN},,\n"
)
LONE = {
    "tickets.csv": TICKETS.encode(),
    "users.csv": ONE_1["users.csv"].encode(),
    "Student.csv": SDS_1["Student.csv"].encode(),
}


def _command(plan: Path, words: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "throughline.cli.main", words[0], str(plan), *words[1:], "--as-of", str(DAY)]


def _say(plan: Path, home: Path, *words: str) -> bytes:
    environment = {**os.environ, "TMPDIR": str(home), "HOME": str(home)}
    done = subprocess.run(_command(plan, words), capture_output=True, check=False, cwd=home, env=environment)
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", [*FILES, *LONE])
def test_no_pupil_is_kept_or_printed(name: str, tmp_path: Path) -> None:
    plan, home, desk = tmp_path / "plan", tmp_path / "home", tmp_path / "desk"
    home.mkdir()
    desk.mkdir()
    fresh(plan)
    file = desk / name
    file.write_bytes((FILES | LONE)[name])
    assert any(GIVEN.encode() in content for content in contents(file.read_bytes())), "the canary is in the file"
    said = [_say(plan, home, "import", str(file), "--dry-run", "--json"), _say(plan, home, "import", str(file))]
    said += [_say(plan, home, "plan", "--json", "--out", str(home / "out")), _say(plan, home, "check", "--json")]
    assert [word for word in MARKS for text in said if word.encode() in text] == []
    assert found_in(tmp_path, MARKS, besides=[desk]) == []
    if name in FILES and name != "refused.zip":
        assert b"oak-street-school" in b"".join(path.read_bytes() for path in plan.rglob("*") if path.is_file())


def _all_under(folder: Path) -> list[Path]:
    """Files and folders below a folder; one that vanishes meanwhile, as those of a reading process do, is passed over."""
    return [Path(place) / name for place, folders, files in os.walk(folder) for name in (*folders, *files)]


def test_nothing_that_exists_while_a_bundle_is_read_names_a_pupil(tmp_path: Path) -> None:
    plan, home, desk = tmp_path / "plan", tmp_path / "home", tmp_path / "desk"
    home.mkdir()
    desk.mkdir()
    fresh(plan)
    more = "".join(f"{IDENTIFIER}-{n},,,true,E,student,{PERSON},03,{SECRET}\n" for n in range(20_000))
    file = desk / "bundle.zip"
    file.write_bytes(packed(ONE_1 | {"users.csv": f"{USERS_11}\n{more}"}))
    environment = {**os.environ, "TMPDIR": str(home), "HOME": str(home)}
    command = _command(plan, ("import", str(file)))
    seen: set[str] = set()
    looks = 0
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=environment)
        while process.poll() is None:
            looks += 1
            for path in [*_all_under(home), *_all_under(plan)]:
                try:
                    seen |= {path.name} if any(mark.encode() in path.read_bytes() for mark in MARKS) else set()
                except OSError:
                    continue  # gone between listing and reading, or a folder
            time.sleep(0.01)
    assert looks > 5
    assert not seen
    assert found_in(tmp_path, MARKS, besides=[desk]) == []
