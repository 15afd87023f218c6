from django.urls import include, path
from rest_framework.routers import DefaultRouter

from reports.views import VolumeReportView
from tickets.views import AttachmentViewSet, MacroViewSet, ReplyViewSet, TagViewSet, TicketViewSet

router = DefaultRouter()
router.register("tickets", TicketViewSet, basename="ticket")
router.register("replies", ReplyViewSet, basename="reply")
router.register("attachments", AttachmentViewSet, basename="attachment")
router.register("tags", TagViewSet, basename="tag")
router.register("macros", MacroViewSet, basename="macro")

urlpatterns = [
    path("api/", include(router.urls)),
    path("api/reports/volume", VolumeReportView.as_view()),
]
