from django.contrib.auth.models import AbstractUser
from django.db import models


class Workspace(models.Model):
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)


class User(AbstractUser):
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, null=True, related_name="users")
    is_lead = models.BooleanField(default=False)


class AuditEntry(models.Model):
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
