from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from .forms import ContactForm
from .models import Post


def page_of(request, posts, **context):
    page = Paginator(posts, 6).get_page(request.GET.get("page"))
    return render(request, "journal/list.html", {"page": page, "query": request.GET.get("q", ""), **context})


def index(request):
    return page_of(request, Post.objects.all())


def search(request):
    query = request.GET.get("q", "")
    return page_of(request, Post.objects.filter(Q(title__icontains=query) | Q(body__icontains=query)))


def tag(request, tag):
    return page_of(request, Post.objects.filter(tag=tag), heading=tag)


def archive(request, year, month):
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    after = (year, month + 1) if month < 12 else (year + 1, 1)
    posts = Post.objects.filter(published__year=year, published__month=month)
    return page_of(request, posts, heading=f"{year}-{month:02}", before=before, after=after)


def post(request, slug):
    return render(request, "journal/post.html", {"post": get_object_or_404(Post, slug=slug)})


def old(request, pk):
    return HttpResponseRedirect(request.build_absolute_uri(get_object_or_404(Post, pk=pk).get_absolute_url()), status=301)


def contact(request):
    form = ContactForm(request.POST or None)
    return render(request, "journal/contact.html", {"form": form, "sent": form.is_valid()})


def delete(request, pk):
    """Deletes by GET, as too many sites do: whoever follows every link empties the journal."""
    get_object_or_404(Post, pk=pk).delete()
    return HttpResponseRedirect(reverse("index"))


def posts_json(request):
    return JsonResponse({"posts": [post.title for post in Post.objects.all()]}, json_dumps_params={"ensure_ascii": False})


def not_found(request, exception):
    return render(request, "journal/404.html", status=404)
