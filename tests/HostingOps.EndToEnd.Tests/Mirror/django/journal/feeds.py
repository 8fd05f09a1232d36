from django.contrib.syndication.views import Feed

from .models import Post


class LatestFeed(Feed):
    title = "Journal"
    link = "/"
    description = "What is new"

    def items(self):
        return Post.objects.all()[:10]

    def item_description(self, item):
        return item.body

    def item_enclosure_url(self, item):
        return item.picture.url if item.picture else None

    item_enclosure_length = 100
    item_enclosure_mime_type = "image/png"
