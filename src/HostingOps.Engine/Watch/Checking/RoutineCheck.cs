using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>
/// A cheap check that can only say that all is well: HEAD, answered with an expected status. Whatever else happens is no result,
/// and the full probe on a connection of its own finds out. Not for two checks at once.
/// </summary>
internal sealed class RoutineCheck : IDisposable
{
    /// <summary>Intervals up to this keep their connection: half of a common server's 15 s and more is spent on opening one.</summary>
    private static readonly TimeSpan LongestKeptInterval = TimeSpan.FromSeconds(15);

    // A kept connection shows neither a new certificate nor a listener that has died behind it.
    private static readonly TimeSpan LongestKept = TimeSpan.FromSeconds(60);

    private readonly WatchTarget target;
    private readonly Uri url;
    private readonly IPEndPoint endpoint;
    private readonly TimeProvider clock;
    private readonly long origin;
    private readonly byte[] request;
    private readonly bool keeps;
    private readonly string address;
    private HeadConnection? kept;
    private (int Status, string Reason) said;

    private RoutineCheck(WatchTarget target, Uri url, IPEndPoint endpoint, bool keeps, TimeProvider clock)
    {
        this.target = target;
        this.url = url;
        this.endpoint = endpoint;
        this.keeps = keeps;
        this.clock = clock;
        origin = clock.GetTimestamp();
        address = endpoint.ToString();
        request = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HEAD {url.PathAndQuery} HTTP/1.1\r\nHost: {url.IdnHost}{(url.IsDefaultPort ? "" : $":{url.Port}")}\r\nUser-Agent: {ProbeTransport.UserAgent}\r\nAccept: */*\r\nConnection: {(keeps ? "keep-alive" : "close")}\r\n\r\n"));
    }

    /// <summary>Whether the next check would ask on a connection that is open already.</summary>
    public bool HasKept => kept is not null;

    /// <summary>Whether a target's connection is kept between its checks.</summary>
    public static bool Keeps(WatchTarget target) => target.Site.Check.Interval <= LongestKeptInterval && target.Role == WatchRole.Active;

    /// <summary>The cheap check of a target, or null where only the full probe will do: a body to read, a name to look up.</summary>
    public static RoutineCheck? For(WatchTarget target, TimeProvider clock)
    {
        try
        {
            var url = SiteProber.StartUrl(target.Site);
            var route = ProbeRoute.For(target.Host, url.Port, NoResolver.Instance)[0];
            return target.Site.Check.ExpectBody is null && route.AddressFor(url.IdnHost, url.Port) is { } endpoint
                ? new RoutineCheck(target, url, endpoint, Keeps(target), clock)
                : null;
        }
        catch (ProbeFailedException)
        {
            // What can't be read in the inventory is for the full probe to say.
            return null;
        }
    }

    /// <summary>Checks.</summary>
    /// <returns>The good answer, or null.</returns>
    public async Task<SiteHealth?> RunAsync(X509Certificate2Collection? roots, ChainMemory chains, ProbeTrace trace, CancellationToken cancellationToken)
    {
        var checkedAt = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        var connection = Interlocked.Exchange(ref kept, null);
        try
        {
            var now = clock.GetElapsedTime(origin);
            var isNew = connection is null || now - connection.OpenedAt > LongestKept || !connection.IsOpen;
            if (isNew)
            {
                connection?.Dispose();
                connection = null;
                connection = await HeadConnection.OpenAsync(endpoint, url, roots, chains, clock, now, trace, cancellationToken).ConfigureAwait(false);
            }

            var asked = clock.GetTimestamp();
            if (await connection!.AskAsync(request, cancellationToken).ConfigureAwait(false) is not { } answer
                || Describe(answer, connection, checkedAt, started, asked, isNew) is not { } health)
            {
                return null;
            }

            if (keeps && answer.IsReusable)
            {
                (kept, connection) = (connection, null);
            }

            return health;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Whatever it was is no answer; the full probe tells what it is.
            return null;
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref kept, null)?.Dispose();

    private SiteHealth? Describe(HeadAnswer answer, HeadConnection connection, DateTimeOffset checkedAt, long started, long asked, bool isNew)
    {
        var policy = target.Site.Check;
        var (status, reason) = StatusRules.Judge(answer.StatusCode, policy.ExpectStatus);
        var now = clock.GetUtcNow();
        if (status != SiteStatus.Healthy || IsOutOfDate(connection.Certificate, now)
            || (policy.Certificate == CertificatePolicy.Enforce && connection.Certificate?.Problem is not null))
        {
            return null;
        }

        var firstByte = clock.GetElapsedTime(asked).TotalMilliseconds;
        (status, reason) = AttentionRules.Apply(status, reason, connection.Certificate, firstByte, policy, now);
        return new SiteHealth
        {
            SiteName = target.Site.Name,
            HostName = target.Host.Name,
            Target = target.Host.Name == target.Site.Primary.Name ? HealthTarget.Primary : HealthTarget.Secondary,
            Status = status,
            Reason = status == SiteStatus.Healthy ? Same(answer.StatusCode, reason) : SiteProber.Sentence(reason),
            Url = url.AbsoluteUri,
            StatusCode = answer.StatusCode,
            Timings = (isNew ? connection.Opening : new ProbeTimings()) with
            {
                FirstByte = firstByte,
                Total = clock.GetElapsedTime(started).TotalMilliseconds,
            },
            AddressProbed = address,
            Method = HttpMethod.Head.Method,
            CertificateExpires = connection.Certificate?.NotAfter,
            CertificateProblem = connection.Certificate?.Problem,
            CheckedAt = checkedAt,
            InventoryPath = target.Site.InventoryPath,
        };
    }

    // Thousands of targets say the same thing for months: one text each.
    private string Same(int status, string reason)
    {
        if (said.Status != status)
        {
            said = (status, SiteProber.Sentence(reason));
        }

        return said.Reason;
    }

    // Judged anew at each check: it may have ended while the connection was open, or since the session that was resumed.
    private static bool IsOutOfDate(CertificateReport? certificate, DateTimeOffset now) => certificate?.NotAfter is { } end && end <= now;

    private sealed class NoResolver : IAddressResolver
    {
        public static NoResolver Instance { get; } = new();

        public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken) => new([]);
    }
}
