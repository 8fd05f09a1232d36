from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.contrib.sitemaps.views import sitemap
from django.http import HttpResponse
from django.urls import include, path, re_path
from django.views.static import serve

from journal import views
from journal.feeds import LatestFeed
from journal.sitemaps import PostSitemap


def robots(request):
    lines = ["User-agent: *", "Disallow: /i18n/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sitemap.xml", sitemap, {"sitemaps": {"posts": PostSitemap}}, name="django.contrib.sitemaps.views.sitemap"),
    path("robots.txt", robots),
    path("posts/<int:pk>/delete/", views.delete, name="delete"),
    path("api/posts.json", views.posts_json, name="api"),
    path("old/<int:pk>", views.old, name="old"),
    re_path(r"^static/(?P<path>.*)$", serve, {"document_root": settings.STATIC_ROOT}),
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
urlpatterns += i18n_patterns(
    path("", views.index, name="index"),
    path("search/", views.search, name="search"),
    path("contact/", views.contact, name="contact"),
    path("feed/", LatestFeed(), name="feed"),
    path("archive/<int:year>/<int:month>/", views.archive, name="archive"),
    path("tag/<str:tag>/", views.tag, name="tag"),
    re_path(r"^post/(?P<slug>[-\w]+)/$", views.post, name="post"),
)
handler404 = "journal.views.not_found"
