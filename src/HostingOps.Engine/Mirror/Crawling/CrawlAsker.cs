using System.Net;
using System.Security.Cryptography;
using HostingOps.Engine.Health;
using HostingOps.Engine.Mirror.Parsing;
using Url = AngleSharp.Dom.Url;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>Asks for one thing, reads the answer and stores it. Knows no queue.</summary>
internal sealed class CrawlAsker(MirrorScope scope, MirrorSettings settings, IMirrorRun run, CrawlTransport transport, IOperationReporter reporter, TimeProvider clock)
{
    // From http to https, from the bare name to www, and back to where it began: more is a circle.
    private const int MostHops = 5;

    // A larger one is stored as it comes, and not read: each connection may hold one in memory, several times over while it is parsed.
    private const int LargestDocument = 16 << 20;

    // As the protocol has it (sitemaps.org). They are read one at a time.
    private const int LargestSitemap = 50 << 20;

    private volatile string origin = "";

    /// <summary>The site's own scheme and authority. Follows the site when it sends the whole of itself elsewhere among its own names.</summary>
    public string Origin
    {
        get => origin;
        set => origin = value;
    }

    /// <summary>Asks.</summary>
    /// <param name="item">What.</param>
    /// <param name="previous">What the current generation holds, to compare by, or null.</param>
    /// <param name="keepBody">Whether the answer's body is given too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CrawlAnswer> AskAsync(CrawlItem item, MirrorEntry? previous, bool keepBody, CancellationToken cancellationToken)
    {
        var place = item.Place;
        var address = place.Host is null ? Origin + place.PathAndQuery : $"{place.Scheme}://{place.Host}{place.PathAndQuery}";
        try
        {
            for (var hop = 0; ; hop++)
            {
                using var headTime = new CancellationTokenSource(settings.Timeout, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(headTime.Token, cancellationToken);
                var asked = clock.GetUtcNow();
                using var response = await transport.GetAsync(address, place.Host is null, previous, either.Token).ConfigureAwait(false);
                headTime.CancelAfter(Timeout.InfiniteTimeSpan);
                var status = (int)response.StatusCode;
                reporter.Debug(FormattableString.Invariant($"GET {address}: {status}, HTTP/{response.Version}"));
                if (RedirectRules.IsRedirect(status) && SameElsewhere(place, address, Location(response)) is { } elsewhere)
                {
                    if (hop >= MostHops)
                    {
                        return await FailAsync(item, status, "it leads back to itself by redirects", isFailure: false, cancellationToken).ConfigureAwait(false);
                    }

                    address = elsewhere;
                    Origin = elsewhere[..^place.PathAndQuery.Length];
                    continue;
                }

                var freshUntil = CacheFreshness.Until(response, asked, clock.GetUtcNow());
                return await JudgeAsync(item, previous, response, freshUntil, address, keepBody, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (CrawlFailure.IsOfRequest(exception) && !cancellationToken.IsCancellationRequested)
        {
            var (reason, isFinal) = CrawlFailure.Explain(exception, settings.Timeout);
            reporter.Debug($"GET {address}: {reason}");
            return isFinal
                ? await FailAsync(item, 0, reason, isFailure: place.Host is null, cancellationToken).ConfigureAwait(false)
                : new CrawlAnswer(null, []) { Failure = reason, Again = true };
        }
    }

    /// <summary>Notes that it was not had.</summary>
    public async Task<CrawlAnswer> FailAsync(CrawlItem item, int status, string reason, bool isFailure, CancellationToken cancellationToken)
    {
        if (item.IsGuess)
        {
            return new CrawlAnswer(null, []) { Failure = isFailure ? reason : null };
        }

        var entry = item.Entry(MirrorEntryKind.Failed, status, clock.GetUtcNow()) with { Reason = reason };
        await run.NoteAsync(entry, cancellationToken).ConfigureAwait(false);
        return new CrawlAnswer(entry, []) { Failure = isFailure ? reason : null };
    }

    /// <summary>Takes over what the current generation has.</summary>
    public async Task<CrawlAnswer> KeepAsync(CrawlItem item, MirrorEntry previous, DateTimeOffset fetchedAt, CancellationToken cancellationToken)
    {
        var kept = await run.KeepAsync(
            previous with { Depth = item.Depth, FoundOn = item.FoundOn, IsAsset = item.IsAsset, FetchedAt = fetchedAt }, cancellationToken).ConfigureAwait(false);
        return new CrawlAnswer(kept, LinksOf(kept)) { IsUnchanged = true };
    }

    /// <summary>Where an entry's links lead.</summary>
    public IReadOnlyList<FoundLink> LinksOf(MirrorEntry entry)
    {
        var scheme = Origin.StartsWith("http:", StringComparison.Ordinal) ? "http" : "https";
        if (entry is { Kind: MirrorEntryKind.Redirect, Location: ['/', not '/', ..] location })
        {
            // A redirect's one link is its location: a run that goes on with another's must follow it too.
            return scope.Locate(SessionIds.Without(location.Split('#')[0]), scheme) is { } target ? [new FoundLink(target, entry.IsAsset)] : [];
        }

        return [.. entry.Links.Select(link => scope.Locate(link.Url, scheme) is { } place ? new FoundLink(place, link.IsAsset) : null).OfType<FoundLink>()];
    }

    private async Task<CrawlAnswer> JudgeAsync(
        CrawlItem item, MirrorEntry? previous, HttpResponseMessage response, DateTimeOffset? freshUntil, string address, bool keepBody, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        switch (status)
        {
            case 304 when previous is not null:
                var confirmed = previous with { FreshUntil = MayStayUnasked(item, ContentTypes.KindOf(previous.ContentType, item.Place.Path)) ? freshUntil : null };
                return await KeepAsync(item, confirmed, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            case 200 when !item.IsNotFoundProbe:
                return await TakeBodyAsync(item, previous, response, freshUntil, address, keepBody, cancellationToken).ConfigureAwait(false);
            case 404 or 410 when item.IsNotFoundProbe:
                return await TakeBodyAsync(item, previous, response, freshUntil, address, keepBody, cancellationToken).ConfigureAwait(false);
            case 200 when item.IsNotFoundProbe:
                reporter.Warning($"The site answers 200 for what does not exist ({item.Place.Key}), so the mirror has no page for it and what is missing there cannot be told.");
                return new CrawlAnswer(null, []);
            case 404 or 410 when item.IsGuess:
                return new CrawlAnswer(null, []);
            case 404 or 410:
                var gone = item.Entry(MirrorEntryKind.Missing, status, clock.GetUtcNow()) with { Reason = FormattableString.Invariant($"the site answers {status}") };
                await run.NoteAsync(gone, cancellationToken).ConfigureAwait(false);
                return new CrawlAnswer(gone, []);
            case 429 or >= 500:
                return new CrawlAnswer(null, [])
                {
                    Status = status,
                    Failure = FormattableString.Invariant($"status {status}"),
                    Again = true,
                    Pause = status is 429 or 503 ? RetryAfter.Read(Header(response, "Retry-After"), clock.GetUtcNow()) ?? (status == 429 ? TimeSpan.FromSeconds(5) : null) : null,
                };
            default:
                return RedirectRules.IsRedirect(status) && !item.IsNotFoundProbe && Location(response) is { Length: > 0 } location
                    ? await TakeRedirectAsync(item, status, location, address, cancellationToken).ConfigureAwait(false)
                    : await FailAsync(item, status, FormattableString.Invariant($"the site answers {status}"), isFailure: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<CrawlAnswer> TakeRedirectAsync(CrawlItem item, int status, string location, string address, CancellationToken cancellationToken)
    {
        var url = Urls.Resolve(new Url(address), location);
        if (url.IsInvalid)
        {
            return await FailAsync(item, status, $"it redirects to what is no URL: {location}", isFailure: false, cancellationToken).ConfigureAwait(false);
        }

        var desk = new LinkDesk(scope, item.Place, address);
        var relative = desk.Take(url.Href, item.Place.Host is null && !item.IsAsset ? ReferenceUse.Link : ReferenceUse.Asset);
        var entry = item.Entry(MirrorEntryKind.Redirect, status, clock.GetUtcNow()) with { Location = relative ?? url.Href };
        await run.NoteAsync(entry, cancellationToken).ConfigureAwait(false);
        return new CrawlAnswer(entry, desk.Links);
    }

    private async Task<CrawlAnswer> TakeBodyAsync(
        CrawlItem item, MirrorEntry? previous, HttpResponseMessage response, DateTimeOffset? freshUntil, string address, bool keepBody, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > settings.MaxFileBytes)
        {
            return await FailAsync(item, 200, "it is larger than a file of the mirror may be", isFailure: false, cancellationToken).ConfigureAwait(false);
        }

        var contentType = Header(response, "Content-Type");
        var kind = contentType is null && !Path.HasExtension(item.Place.Path) ? DocumentKind.Html : ContentTypes.KindOf(contentType, item.Place.Path);
        var entry = item.Entry(
            item.IsNotFoundProbe ? MirrorEntryKind.NotFoundPage : kind == DocumentKind.Html && item.Place.Host is null ? MirrorEntryKind.Page : MirrorEntryKind.Asset,
            (int)response.StatusCode,
            clock.GetUtcNow()) with
        {
            ContentType = contentType,
            ETag = Header(response, "ETag"),
            LastModified = Header(response, "Last-Modified"),
            FreshUntil = MayStayUnasked(item, kind) ? freshUntil : null,
        };
        using var body = await BodyAsync(response, cancellationToken).ConfigureAwait(false);
        if (kind == DocumentKind.Other && !keepBody)
        {
            return new CrawlAnswer(await run.StoreAsync(entry, body, cancellationToken).ConfigureAwait(false), []);
        }

        var (bytes, isWhole) = await DocumentBody.ReadAsync(body, item.IsSitemap ? LargestSitemap : LargestDocument, response.Content.Headers.ContentLength, cancellationToken).ConfigureAwait(false);
        if (!isWhole)
        {
            reporter.Warning(FormattableString.Invariant($"{item.Place.Key} is too large to be read for links ({bytes.Length >> 20} MiB and more), so it is stored as it is."));
            using var rest = new DocumentBody(bytes, body);
            return new CrawlAnswer(await run.StoreAsync(entry, rest, cancellationToken).ConfigureAwait(false), []) { Body = keepBody ? bytes : null };
        }

        entry = entry with { OriginHash = Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant() };
        if (previous is { File: not null } && previous.OriginHash == entry.OriginHash && previous.ContentType is { } before
            && ContentTypes.MediaType(before) == ContentTypes.MediaType(contentType) && !item.IsSitemap)
        {
            // The same page with new validators: those are the ones to compare by the next time.
            return await KeepAsync(item, previous with { ETag = entry.ETag, LastModified = entry.LastModified, FreshUntil = entry.FreshUntil }, entry.FetchedAt, cancellationToken).ConfigureAwait(false);
        }

        var reading = DocumentReader.Read(kind, bytes, contentType, scope, item.Place, address);
        var follow = reading.Follow && (!settings.Robots || HeaderFollows(response)) || !settings.Robots;
        var links = reading.Links.Where(link => (follow && item.Place.Host is null) || link.IsAsset).Where(static link => TrapRules.IsAskable(link.Place.Key)).ToArray();
        if (kind == DocumentKind.Html && reading.Charset is { } charset && ContentTypes.Charset(contentType) is null)
        {
            entry = entry with { ContentType = (contentType ?? "text/html") + "; charset=" + charset };
        }

        entry = entry with { Links = [.. links.Select(static link => new MirrorLink(link.Place.Key, link.IsAsset))] };
        using var stored = new MemoryStream(reading.Body ?? bytes, writable: false);
        return new CrawlAnswer(await run.StoreAsync(entry, stored, cancellationToken).ConfigureAwait(false), links) { Body = keepBody ? bytes : null };
    }

    private async Task<Stream> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream body = new SilenceStream(
            await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), settings.Timeout, clock, cancellationToken);

        // What the handler could not undo, or was applied twice.
        if (response.Content.Headers.ContentEncoding.Count > 0)
        {
            body = ContentCoding.Undo(body, response.Content.Headers.ContentEncoding)
                ?? throw new InvalidDataException($"its content coding '{string.Join(", ", response.Content.Headers.ContentEncoding)}' is not known");
        }

        return new BoundedStream(body, settings.MaxFileBytes);
    }

    // The same path at another of the site's own names or schemes is the same page of the mirror.
    private string? SameElsewhere(MirrorPlace place, string address, string? location)
    {
        if (location is null || place.Host is not null)
        {
            return null;
        }

        var url = Urls.Resolve(new Url(address), location);
        return scope.Locate(url) is { Host: null } there && there.Key == place.Key && $"{url.Scheme}://{url.Host}{place.PathAndQuery}" is var elsewhere && elsewhere != address
            ? elsewhere
            : null;
    }

    // A page, a feed or a sitemap says what else there is, and is always asked for.
    private static bool MayStayUnasked(CrawlItem item, DocumentKind kind) => kind is not (DocumentKind.Html or DocumentKind.Xml) && !item.IsNotFoundProbe;

    private static bool HeaderFollows(HttpResponseMessage response) =>
        !response.Headers.NonValidated.TryGetValues("X-Robots-Tag", out var values) || values.All(RobotsMeta.HeaderFollows);

    private static string? Location(HttpResponseMessage response) => Header(response, "Location");

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.FirstOrDefault()
            : null;
}
