from rest_framework import serializers

from tickets.models import Attachment, Macro, Reply, Tag, Ticket


class OwnWorkspaceField(serializers.PrimaryKeyRelatedField):
    """Takes only rows of the user's workspace."""

    def __init__(self, lookup="workspace", **kwargs):
        self.lookup = lookup
        super().__init__(**kwargs)

    def get_queryset(self):
        workspace = self.context["request"].user.workspace
        return super().get_queryset().filter(**{self.lookup: workspace})


class TagSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tag
        fields = ["id", "name"]


class TicketSerializer(serializers.ModelSerializer):
    tags = OwnWorkspaceField(queryset=Tag.objects.all(), many=True, required=False)

    class Meta:
        model = Ticket
        fields = ["id", "subject", "requester_email", "status", "priority", "tags", "created_at", "closed_at"]
        read_only_fields = ["created_at", "closed_at"]


class ReplySerializer(serializers.ModelSerializer):
    ticket = OwnWorkspaceField(queryset=Ticket.objects.all())

    class Meta:
        model = Reply
        fields = ["id", "ticket", "author", "body", "is_internal", "created_at"]
        read_only_fields = ["author", "created_at"]


class AttachmentSerializer(serializers.ModelSerializer):
    reply = OwnWorkspaceField(lookup="ticket__workspace", queryset=Reply.objects.all())

    class Meta:
        model = Attachment
        fields = ["id", "reply", "name", "file", "size"]
        read_only_fields = ["size"]


class MacroSerializer(serializers.ModelSerializer):
    class Meta:
        model = Macro
        fields = ["id", "title", "body"]
