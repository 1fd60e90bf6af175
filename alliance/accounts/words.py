"""Words of Django and allauth that we say in our own way: named here, so that our catalogue keeps them."""

from django.utils.translation import gettext_noop as _

OURS = (
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Email"),
    _("Email address"),
    _("Password (again)"),
    _("New Password (again)"),
    _("Remember Me"),
    _("This field is required."),
    _("Enter a number."),
    _("Enter a whole number."),
    _("Enter a valid date."),
    _("Enter a valid email address."),
    _("Code"),
    _("Forgot your password?"),
    _("The email address and/or password you specified are not correct."),
    _("Incorrect code."),
    _("Two-Factor Authentication"),
    _("You have signed out."),
    _("Successfully signed in as %(name)s."),
    _("Confirmation email sent to %(email)s."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("Password successfully changed."),
)
