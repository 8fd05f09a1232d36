using System.Globalization;
using System.Text.Json;
using HostingOps.Sandbox.Http;

namespace HostingOps.Sandbox.Sites;

/// <summary>What the sites of one host answer over HTTP.</summary>
internal sealed class SitePages(SiteHost host, SiteDirectory directory, SiteFaults faults, TimeProvider timeProvider)
{
    /// <summary>How long a slow site takes.</summary>
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(30);

    /// <summary>Answers one visitor.</summary>
    public async Task<HttpAnswer> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var site = directory.Find(request.Host);
        if (site is null)
        {
            return Page(404, "No such site", $"{host.Name} has no site {request.Host}.");
        }

        switch (faults[site.Name, host.Name])
        {
            case SandboxFault.ServiceUnavailable:
                return Page(503, site.Name, "Service unavailable.");
            case SandboxFault.Slow:
                await Task.Delay(Slowness, timeProvider, cancellationToken).ConfigureAwait(false);
                break;
            case SandboxFault.Silent:
                await Task.Delay(Timeout.InfiniteTimeSpan, timeProvider, cancellationToken).ConfigureAwait(false);
                break;
            case SandboxFault.Reset:
                return HttpAnswer.Reset;
        }

        if (request.Method is not ("GET" or "HEAD"))
        {
            return Page(405, site.Name, "GET and HEAD only.", new KeyValuePair<string, string>("Allow", "GET, HEAD"));
        }

        if (!string.Equals(request.Host, site.HostName, StringComparison.OrdinalIgnoreCase))
        {
            var query = request.Query.Length > 0 ? "?" + request.Query : "";
            var location = $"{(request.IsTls ? "https" : "http")}://{site.HostName}{request.Path}{query}";
            return Page(301, site.Name, $"The site is at {location}.", new KeyValuePair<string, string>("Location", location));
        }

        // The secondary host of a site with a mirror answers for its mirror.
        if (site.Mirror is not null && host.Name == site.Secondary.Name && request.Path == "/.mirror/health")
        {
            return HttpAnswer.Text(200, "application/json", MirrorHealth(site), new KeyValuePair<string, string>("Cache-Control", "no-store"));
        }

        return Page(HealthyStatus(site.Check), site.Name, TextOf(site, host.Name));
    }

    /// <summary>What a visitor of the site reads when all is well.</summary>
    public static string TextOf(HostedSite site, string hostName) => $"This is {site.Name} on {hostName}. {site.Check.ExpectBody}";

    /// <summary>200, unless the site's check calls something else healthy (a page behind a password answers 401).</summary>
    private static int HealthyStatus(HealthCheckPolicy check) =>
        check.ExpectStatus.Count == 0 || check.ExpectStatus.Any(range => range.Contains(200)) ? 200 : check.ExpectStatus[0].From;

    private string MirrorHealth(HostedSite site)
    {
        var finished = timeProvider.GetUtcNow() - (faults[site.Name, host.Name] == SandboxFault.StaleMirror ? TimeSpan.FromDays(100) : TimeSpan.FromMinutes(10));
        return JsonSerializer.Serialize(new
        {
            site = site.Name,
            generation = finished.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
            startedAt = finished - TimeSpan.FromMinutes(1),
            finishedAt = finished,
            pages = 12,
            isWhole = true,
        });
    }

    private HttpAnswer Page(int status, string title, string text, params KeyValuePair<string, string>[] headers)
    {
        // A page to browsers and crawlers, without escapes: ExpectBody must be found in it as it stands.
        var body = $"{title}\n{text}\n";
        return HttpAnswer.Text(status, "text/html; charset=utf-8", body, [new("X-Sandbox-Host", host.Name), .. headers]);
    }
}
