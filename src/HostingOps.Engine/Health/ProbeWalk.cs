using System.Security.Cryptography.X509Certificates;

namespace HostingOps.Engine.Health;

/// <summary>Asks for a site with one method and follows its redirects on one route.</summary>
internal sealed class ProbeWalk(
    ProbeTransport transport, ProbeRoute route, Uri start, SiteNames names, HealthCheckPolicy policy,
    X509Certificate2Collection? roots, TimeProvider clock, Action<string> tell)
{
    /// <summary>The connection under way, for whoever watches the walk; null before the first.</summary>
    public ProbeConnection? Current { get; private set; }

    /// <summary>Walks to the outcome.</summary>
    /// <param name="method">HEAD or GET.</param>
    /// <param name="deadline">Ends the walk with what the timeout means in the phase reached.</param>
    /// <param name="cancellationToken">Ends the walk with an exception.</param>
    public async Task<ProbeOutcome> RunAsync(HttpMethod method, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var trail = new RedirectTrail();
        var url = start;
        while (true)
        {
            trail.Enter(url);
            var connection = new ProbeConnection(route, url, policy, roots, clock, deadline);
            Current = connection;
            ProbeOutcome outcome;
            Uri? next = null;
            try
            {
                tell($"HTTP {method} {url} begins.");
                using var response = await transport.SendAsync(
                    method, url, policy.ExpectBody is not null, trail.CookiesFor(url), connection, deadline).ConfigureAwait(false);
                tell(FormattableString.Invariant(
                    $"HTTP {method} {url} at {connection.Endpoint}: {(int)response.StatusCode}; connect {connection.Timings.Connect:0.0} ms, TLS {connection.Timings.Tls:0.0} ms, first byte {connection.Timings.FirstByte:0.0} ms."));
                (outcome, next) = await JudgeAsync(response, method, url, trail, connection, deadline).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not InvalidOperationException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var failure = RequestFailure.Explain(exception, connection, route, url, policy.Timeout, deadline);
                tell($"HTTP {method} {url} at {connection.Endpoint?.ToString() ?? "no address"}: {failure.Phase} fails, {failure.Reason}.");
                outcome = new ProbeOutcome
                {
                    Status = failure.Status, Reason = failure.Reason, FailedPhase = failure.Phase, Method = method, Url = url, Connection = connection,

                    // Whoever has sent us on lives, even when nobody answers at the port we were sent to.
                    IsSilence = failure.IsSilence && !connection.SignOfLife && trail.Redirects == 0,
                };
            }

            if (next is null)
            {
                return outcome with { Redirects = trail.Redirects };
            }

            url = next;
        }
    }

    private async ValueTask<(ProbeOutcome Outcome, Uri? Next)> JudgeAsync(
        HttpResponseMessage response, HttpMethod method, Uri url, RedirectTrail trail, ProbeConnection connection, CancellationToken deadline)
    {
        var code = (int)response.StatusCode;
        var outcome = new ProbeOutcome
        {
            Status = SiteStatus.Healthy, Reason = "", Method = method, Url = url, StatusCode = code, Connection = connection,
        };
        if (RedirectRules.IsRedirect(code))
        {
            // Not the typed header: it drops what it can't parse, and that is worth telling.
            var headers = response.Headers.NonValidated;
            var location = headers.TryGetValues("Location", out var values) ? values.FirstOrDefault() : null;
            trail.Keep(url, headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []);
            var decision = RedirectRules.Decide(trail, url, code, location, names, policy, route.LeadsToHost);
            return (outcome with { Status = decision.Status, Reason = decision.Reason, FailedPhase = PhaseOf(decision.Status) }, decision.Next);
        }

        var (status, reason) = StatusRules.Judge(code, policy.ExpectStatus);
        outcome = outcome with { Status = status, Reason = reason, FailedPhase = PhaseOf(status) };
        return (status == SiteStatus.Healthy && method == HttpMethod.Get
            ? await ReadAsync(response, outcome, connection, deadline).ConfigureAwait(false)
            : outcome, null);
    }

    private async ValueTask<ProbeOutcome> ReadAsync(
        HttpResponseMessage response, ProbeOutcome outcome, ProbeConnection connection, CancellationToken deadline)
    {
        connection.Phase = ProbePhase.Body;
        var started = clock.GetTimestamp();
        var body = await response.Content.ReadAsStreamAsync(deadline).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            if (policy.ExpectBody is not { } text)
            {
                // One read proves that a body follows the head; the rest is not this check's business.
                _ = await body.ReadAsync(new byte[1024], deadline).ConfigureAwait(false);
                connection.BodyEnded(started);
                return outcome;
            }

            var coding = string.Join(", ", response.Content.Headers.ContentEncoding);
            var plain = ContentCoding.Undo(body, response.Content.Headers.ContentEncoding);
            if (plain is null)
            {
                return outcome with
                {
                    Status = SiteStatus.Unknown,
                    FailedPhase = ProbePhase.Body,
                    Reason = $"answers {outcome.StatusCode}, but coded ({coding}) though asked for plain text, so the expected text can't be looked for",
                };
            }

            var sought = BodyText.Encode(text, response.Content.Headers.ContentType?.CharSet);
            var (found, length) = (false, 0);
            try
            {
                (found, length) = await BodyText.FindAsync(plain, sought, deadline).ConfigureAwait(false);
            }
            catch (Exception exception) when (plain != body && ContentCoding.IsDecoderFailure(exception))
            {
                return outcome with
                {
                    Status = SiteStatus.Down,
                    FailedPhase = ProbePhase.Body,
                    Reason = $"answers {outcome.StatusCode}, but its body is not {coding} as it says, so that no browser can show it",
                };
            }

            connection.BodyEnded(started);
            return found ? outcome with { Reason = outcome.Reason + " with the expected text" } : outcome with
            {
                Status = SiteStatus.Down,
                FailedPhase = ProbePhase.Body,
                Reason = $"answers {outcome.StatusCode}, but the expected text is not in the body's first {length} bytes",
            };
        }
    }

    private static ProbePhase PhaseOf(SiteStatus status) => status == SiteStatus.Healthy ? ProbePhase.None : ProbePhase.FirstByte;
}
