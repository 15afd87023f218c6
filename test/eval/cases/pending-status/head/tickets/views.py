from django.utils import timezone
from rest_framework.decorators import action
from rest_framework.response import Response

from core.viewsets import AuditedViewSet, WorkspaceViewSet
from tickets.models import Attachment, Macro, Reply, Tag, Ticket
from tickets.serializers import (
    AttachmentSerializer,
    MacroSerializer,
    ReplySerializer,
    TagSerializer,
    TicketSerializer,
)
from tickets.tasks import send_reply


class TicketViewSet(WorkspaceViewSet):
    queryset = Ticket.objects.prefetch_related("tags")
    serializer_class = TicketSerializer

    def get_queryset(self):
        queryset = super().get_queryset().filter(workspace=self.request.user.workspace)
        status = self.request.query_params.get("status")
        return queryset.filter(status=status) if status else queryset

    def perform_create(self, serializer):
        serializer.save(workspace=self.request.user.workspace)

    @action(detail=True, methods=["post"])
    def hold(self, request, pk=None):
        """We wait for somebody else than the requester: a supplier, a release."""
        ticket = self.get_object()
        Ticket.objects.filter(pk=ticket.pk).exclude(status=Ticket.Status.CLOSED).update(status=Ticket.Status.ON_HOLD)
        return Response(status=204)

    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        ticket = self.get_object()
        Ticket.objects.filter(pk=ticket.pk).exclude(status=Ticket.Status.CLOSED).update(
            status=Ticket.Status.CLOSED, closed_at=timezone.now()
        )
        return Response(status=204)


class ReplyViewSet(WorkspaceViewSet):
    queryset = Reply.objects.select_related("ticket")
    serializer_class = ReplySerializer
    workspace_lookup = "ticket__workspace"
    http_method_names = ["get", "post", "head", "options"]

    def get_queryset(self):
        return super().get_queryset().filter(ticket__workspace=self.request.user.workspace)

    def perform_create(self, serializer):
        reply = serializer.save(author=self.request.user)
        if not reply.is_internal:
            send_reply.delay_on_commit(reply.pk)


class AttachmentViewSet(AuditedViewSet):
    queryset = Attachment.objects.select_related("reply__ticket")
    serializer_class = AttachmentSerializer
    http_method_names = ["get", "post", "delete", "head", "options"]

    def get_queryset(self):
        return super().get_queryset().filter(reply__ticket__workspace=self.request.user.workspace)

    def perform_create(self, serializer):
        attachment = serializer.save(size=serializer.validated_data["file"].size)
        self._audit("created", attachment)


class TagViewSet(WorkspaceViewSet):
    queryset = Tag.objects.all()
    serializer_class = TagSerializer

    def get_queryset(self):
        return super().get_queryset().filter(workspace=self.request.user.workspace)

    def perform_create(self, serializer):
        serializer.save(workspace=self.request.user.workspace)


class MacroViewSet(WorkspaceViewSet):
    queryset = Macro.objects.all()
    serializer_class = MacroSerializer

    def get_queryset(self):
        return super().get_queryset().filter(workspace=self.request.user.workspace)

    def perform_create(self, serializer):
        serializer.save(workspace=self.request.user.workspace)
