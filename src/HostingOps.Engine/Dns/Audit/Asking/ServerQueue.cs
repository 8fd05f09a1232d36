using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Asking;

/// <summary>Lets questions through to one address: a few at once, at a measured pace, and none for a while when it does not answer.</summary>
internal sealed class ServerQueue(DnsManners manners, TimeProvider clock)
{
    private readonly SemaphoreSlim places = new(manners.AtOnce);
    private readonly object gate = new();
    private readonly long begin = clock.GetTimestamp();
    private readonly TimeSpan interval = TimeSpan.FromSeconds(1 / manners.PerSecond);
    private TimeSpan allowed;
    private TimeSpan restUntil;
    private int failures;
    private bool hasAnswered;

    private TimeSpan Now => clock.GetElapsedTime(begin);

    /// <summary>Asks when it is this question's turn.</summary>
    /// <param name="ask">Asks; DnsQueryFailed when there is no answer.</param>
    /// <param name="cancellationToken">Ends every wait.</param>
    public async Task<DnsReply> AskAsync(Func<CancellationToken, Task<DnsMessage>> ask, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Rests())
            {
                return new DnsReply(null, "did not answer earlier questions", WasAsked: false);
            }

            if (Reserve() is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
            }

            var message = await ask(cancellationToken).ConfigureAwait(false);
            Count(answered: true);
            return new DnsReply(message, null);
        }
        catch (HostingException exception) when (exception.ErrorId == ErrorIds.DnsQueryFailed)
        {
            Count(answered: false);
            return new DnsReply(null, exception.Category switch
            {
                HostingErrorCategory.OperationTimeout => FormattableString.Invariant($"gave no answer within {manners.Timeout.TotalSeconds:0.###} s"),
                HostingErrorCategory.ConnectionError => "can't be reached",
                _ => "sent an answer that can't be read",
            });
        }
        finally
        {
            places.Release();
        }
    }

    // The generic cell rate algorithm (ITU-T I.371): an even pace over time, with a small burst.
    private TimeSpan Reserve()
    {
        lock (gate)
        {
            var now = Now;
            allowed = (allowed > now ? allowed : now) + interval;
            return allowed - now - (interval * manners.AtOnce);
        }
    }

    private bool Rests()
    {
        lock (gate)
        {
            return failures >= manners.FailuresUntilRest * (hasAnswered ? manners.AtOnce : 1) && Now < restUntil;
        }
    }

    private void Count(bool answered)
    {
        lock (gate)
        {
            hasAnswered |= answered;
            failures = answered ? 0 : failures + 1;
            restUntil = Now + manners.Rest;
        }
    }
}
