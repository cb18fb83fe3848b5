"""Single sign-on by SAML 2.0, when the extra `saml` is installed."""
