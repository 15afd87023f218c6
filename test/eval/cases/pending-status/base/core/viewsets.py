"""What the viewsets of all apps share."""

from rest_framework import viewsets

from core.models import AuditEntry


class WorkspaceViewSet(viewsets.ModelViewSet):
    """Shows and changes what belongs to the user's workspace, and nothing else.

    A model that has no ``workspace`` itself says in ``workspace_lookup`` how to get there.
    """

    workspace_lookup = "workspace"

    def get_queryset(self):
        return super().get_queryset().filter(**{self.workspace_lookup: self.request.user.workspace})


class AuditedViewSet(viewsets.ModelViewSet):
    """Writes who created, changed and deleted what."""

    def _audit(self, action, instance):
        AuditEntry.objects.create(
            workspace=self.request.user.workspace,
            user=self.request.user,
            action=action,
            subject=f"{instance._meta.label}:{instance.pk}",
        )

    def perform_create(self, serializer):
        self._audit("created", serializer.save())

    def perform_update(self, serializer):
        self._audit("changed", serializer.save())

    def perform_destroy(self, instance):
        self._audit("deleted", instance)
        instance.delete()
