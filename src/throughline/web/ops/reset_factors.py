"""`throughline resetfactors`: remove the second factors of someone whom no administrator can help, such as the last one."""

from throughline.web.ops.start import start


def reset_factors(email: str) -> str:
    """The words to print; raises ValueError when there is no such account."""
    start()
    from throughline.web.access.scope import SERVER, acting
    from throughline.web.accounts.members import forget_factors
    from throughline.web.accounts.models import User

    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise ValueError(f"there is no account {email.strip()}")
    with acting(SERVER):
        number, mailed = forget_factors(user, "who runs the server")
    rest = "A mail about it is on its way there." if mailed else "No mail server is set up: tell the person yourself."
    return (
        f"{user.email}: {number} second factors, passkeys and recovery codes removed, every session ended. "
        f"The next sign-in is by password or service, and asks for a new second factor where the role needs one.\n{rest}"
    )
