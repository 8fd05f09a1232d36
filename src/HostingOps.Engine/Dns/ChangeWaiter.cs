using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Failover;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Dns;

/// <summary>Waits until Route 53 says that a change has reached all its authoritative servers.</summary>
public sealed class ChangeWaiter(IAmazonRoute53 route53, IOperationReporter reporter, TimeProvider time)
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(5);

    /// <summary>Waits for INSYNC of every change, one after the other.</summary>
    /// <exception cref="HostingException">ChangeNotInSync when the time runs out, or an AWS error.</exception>
    public async Task WaitAsync(IReadOnlyCollection<string> changeIds, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var progress = new ActivityProgress(reporter, time, MoveProgress.Syncing, changeIds.Count, MoveProgress.Activity);
        foreach (var changeId in changeIds)
        {
            var interval = FirstInterval;
            while (!await IsInSyncAsync(changeId, cancellationToken).ConfigureAwait(false))
            {
                var elapsed = time.GetElapsedTime(started);
                progress.Now(FormattableString.Invariant($"{changeId} PENDING for {elapsed.TotalSeconds:0} s"));
                if (elapsed > timeout)
                {
                    throw new HostingException(
                        ErrorIds.ChangeNotInSync,
                        HostingErrorCategory.OperationTimeout,
                        changeId,
                        FormattableString.Invariant($"Route 53 still says PENDING for change {changeId} after {elapsed.TotalSeconds:0} s; it is usually INSYNC within 60 s."),
                        "The switch is accepted and will arrive. Look again with Get-SiteDnsTarget.");
                }

                await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
                interval = interval * 1.6 < LongestInterval ? interval * 1.6 : LongestInterval;
            }

            progress.Advance(changeId);
        }
    }

    private async Task<bool> IsInSyncAsync(string changeId, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await route53.GetChangeAsync(new GetChangeRequest { Id = changeId }, cancellationToken).ConfigureAwait(false);
            return answer.ChangeInfo.Status == ChangeStatus.INSYNC;
        }
        catch (Exception error) when (error is not (OperationCanceledException or HostingException))
        {
            throw AwsErrorTranslation.Translate(error, changeId, "route53:GetChange");
        }
    }
}
