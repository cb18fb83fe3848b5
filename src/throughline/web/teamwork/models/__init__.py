"""Tables of shared work: documents, versions, decisions, tasks and mail."""

from throughline.web.teamwork.models.decisions import Decision
from throughline.web.teamwork.models.documents import BuiltDocument
from throughline.web.teamwork.models.mail import MailMessage
from throughline.web.teamwork.models.tasks import Comment, Task
from throughline.web.teamwork.models.versions import PlanVersion

__all__ = ["BuiltDocument", "Comment", "Decision", "MailMessage", "PlanVersion", "Task"]
