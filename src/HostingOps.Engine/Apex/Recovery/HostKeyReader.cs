using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Engine.Aws;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>
/// Reads a new instance's host keys from its console, by way of EC2, which vouches for whose console it is
/// (docs/decisions/0016-host-keys-from-the-console.md).
/// </summary>
internal sealed class HostKeyReader(IAmazonEC2 ec2, IOperationReporter reporter, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Waits until the console shows them.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="timeout">How long that may take.</param>
    /// <param name="firstPause">Pause after the first look; it grows, to 10 s.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HostingException">HostKeysNotFound, or an AWS error.</exception>
    public async Task<IReadOnlyList<SshHostKey>> ReadAsync(string instanceId, TimeSpan timeout, TimeSpan firstPause, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var latest = true;
        for (var pause = firstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var shown = false;
            if (latest)
            {
                (latest, var now) = await LatestAsync(instanceId, cancellationToken).ConfigureAwait(false);
                if (Keys(instanceId, now) is { Count: > 0 } keys)
                {
                    return keys;
                }

                shown = now.Length > 0;
            }

            var posted = await AskAsync(instanceId, latest: null, cancellationToken).ConfigureAwait(false);
            if (Keys(instanceId, posted) is { Count: > 0 } found)
            {
                return found;
            }

            shown |= posted.Length > 0;
            var elapsed = time.GetElapsedTime(started);
            if (elapsed >= timeout)
            {
                throw NotFound(instanceId, FormattableString.Invariant(
                    $"The console of {instanceId} shows {(shown ? "no ssh host keys" : "nothing")} after {elapsed.TotalSeconds:0} s, so that it can't be known who answers by ssh."));
            }

            reporter.Progress(new OperationProgress
            {
                Activity = RecoveryRunner.Activity,
                CurrentItem = FormattableString.Invariant($"Waiting for {instanceId}'s host keys on its console for {elapsed.TotalSeconds:0} s; AWS may need minutes"),
            });
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IReadOnlyList<SshHostKey> Keys(string instanceId, string console)
    {
        var keys = ConsoleHostKeys.Read(console, out var isClear);
        return isClear ? keys : throw NotFound(instanceId, $"The console of {instanceId} shows two different ssh host keys of one type, so that none of them can be believed.");
    }

    // Instances before Nitro have only what is posted after the boot.
    private async Task<(bool Latest, string Console)> LatestAsync(string instanceId, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await AskAsync(instanceId, latest: true, cancellationToken).ConfigureAwait(false));
        }
        catch (HostingException error) when (error.InnerException is AmazonEC2Exception { ErrorCode: "UnsupportedOperation" or "InvalidParameterCombination" or "InvalidParameterValue" })
        {
            return (false, "");
        }
    }

    private async Task<string> AskAsync(string instanceId, bool? latest, CancellationToken cancellationToken)
    {
        var answer = await EC2Call.AsAsync(
            "ec2:GetConsoleOutput",
            instanceId,
            () => ec2.GetConsoleOutputAsync(new GetConsoleOutputRequest(instanceId) { Latest = latest }, cancellationToken)).ConfigureAwait(false);
        if (answer.Output is not { Length: > 0 } output)
        {
            return "";
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(output));
        }
        catch (FormatException error)
        {
            throw new HostingException(
                ErrorIds.AwsAnswerUnreadable, HostingErrorCategory.ProtocolError, instanceId, "EC2's answer to GetConsoleOutput holds no base64.", "Check the endpoint URL.", error);
        }
    }

    private static HostingException NotFound(string instanceId, string message) => new(
        ErrorIds.HostKeysNotFound,
        HostingErrorCategory.OperationTimeout,
        instanceId,
        message,
        "AWS posts a console some minutes after the boot: go on later with -Resume. An image whose cloud-init does not print host keys can't be used for so large a configuration.");
}
