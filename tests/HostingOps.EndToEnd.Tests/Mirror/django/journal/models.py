from django.db import models
from django.urls import reverse


class Post(models.Model):
    title = models.CharField(max_length=200)
    slug = models.SlugField(allow_unicode=True, unique=True)
    body = models.TextField()
    tag = models.CharField(max_length=40)
    published = models.DateTimeField()
    picture = models.FileField(upload_to="uploads/%Y", blank=True)

    class Meta:
        ordering = ["-published"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("post", args=[self.slug])
