using System.Security.Cryptography;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Mirror.Checking;

/// <summary>
/// Asks a host for URLs of a site's mirror as probes do: pinned to the host's own address, with the site's name in Host and SNI, its
/// certificate checked by the site's policy, no redirect followed. Safe for several at once.
/// </summary>
internal sealed class MirrorAsker(TimeProvider clock, IOperationReporter reporter, IAddressResolver? resolver = null) : IDisposable
{
    private const int LargestBeginning = 64 * 1024;

    private readonly ProbeTransport transport = new();
    private readonly TrustedRoots trustedRoots = new();
    private readonly IAddressResolver resolver = resolver ?? new SystemAddressResolver();

    /// <summary>Asks for the mirror's health.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<MirrorSighting> SeeAsync(HostedSite site, SiteHost host, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(site, host, MirrorHealth.Path, site.Check.Timeout, cancellationToken).ConfigureAwait(false);
        var health = answer is { Status: 200, Failure: null } ? MirrorHealth.TryRead(answer.Beginning) : null;
        var failure = health is not null ? null
            : answer.Failure
            ?? (answer.Status == 200 ? $"what {MirrorHealth.Path} answers is no mirror's health" : FormattableString.Invariant($"{MirrorHealth.Path} answers {answer.Status}"));
        reporter.Verbose($"{site.Name}: mirror on {host.Name} at {answer.Address ?? "no address"}: {health?.Generation ?? failure}.");
        return new MirrorSighting(host.Name, answer.Address, health, failure);
    }

    /// <summary>Asks for one URL and reads its answer to the end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<MirrorAnswer> AskAsync(HostedSite site, SiteHost host, string url, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(timeout, clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var address = Address(site, url);
            var route = ProbeRoute.For(host, address.Port, resolver)[0];
            var connection = new ProbeConnection(route, address, site.Check, trustedRoots.For(site), clock, deadline.Token);
            try
            {
                using var response = await transport.SendAsync(HttpMethod.Get, address, plainBody: true, cookies: null, connection, deadline.Token).ConfigureAwait(false);
                return await ReadAsync(response, connection, deadline.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not InvalidOperationException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return new MirrorAnswer
                {
                    Address = connection.Endpoint?.ToString(),
                    Failure = RequestFailure.Explain(error, connection, route, address, timeout, deadline.Token).Reason,
                };
            }
        }
        catch (ProbeFailedException error)
        {
            return new MirrorAnswer { Failure = error.Failure.Reason };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => transport.Dispose();

    // As it stands in the manifest: an encoded dot or slash must arrive as it was saved.
    private static Uri Address(HostedSite site, string url) =>
        Uri.TryCreate(SiteAddress.Origin(site) + url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var address)
            ? address
            : throw new ProbeFailedException(new ProbeFailure(SiteStatus.Unknown, ProbePhase.None, $"no address can be made of {url}"));

    private static async Task<MirrorAnswer> ReadAsync(HttpResponseMessage response, ProbeConnection connection, CancellationToken cancellationToken)
    {
        connection.Phase = ProbePhase.Body;
        var answer = new MirrorAnswer
        {
            Status = (int)response.StatusCode,
            ContentType = Header(response.Content.Headers, "Content-Type"),
            Location = Header(response.Headers, "Location"),
            Address = connection.Endpoint?.ToString(),
        };
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (ContentCoding.Undo(body, response.Content.Headers.ContentEncoding) is not { } plain)
        {
            return answer with { Failure = $"its coding '{string.Join(", ", response.Content.Headers.ContentEncoding)}' is not known" };
        }

        await using (plain.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var beginning = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                beginning.Write(buffer, 0, (int)Math.Min(read, LargestBeginning - beginning.Length));
            }

            return answer with { Hash = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant(), Beginning = beginning.ToArray() };
        }
    }

    private static string? Header(System.Net.Http.Headers.HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
