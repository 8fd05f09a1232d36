from django.contrib.sitemaps import Sitemap

from .models import Post


class PostSitemap(Sitemap):
    i18n = True
    alternates = True

    def items(self):
        return Post.objects.all()

    def lastmod(self, post):
        return post.published
