using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Mirror.Transport;

/// <summary>What the script that finishes a sending says.</summary>
internal sealed class TransportConversation(string mark)
{
    private readonly List<string> output = [];
    private readonly List<string> pruned = [];
    private string? failure;

    /// <summary>Whether the script came to its end; otherwise the connection was lost.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether what is there is not what was sent.</summary>
    public bool IsOtherContent => failure?.Split(' ')[0] is "digest" or "count" or "strange";

    /// <summary>Follows the script to its end.</summary>
    /// <param name="session">The ssh.</param>
    /// <param name="silence">How long it may say nothing.</param>
    /// <param name="step">Is told each step.</param>
    public async Task HoldAsync(SshSession session, TimeSpan silence, Action<string> step)
    {
        while (await session.ReadLineAsync(silence).ConfigureAwait(false) is { } line)
        {
            switch (line.StartsWith(mark + " ", StringComparison.Ordinal) ? line[(mark.Length + 1)..].Split(' ', 2) : [])
            {
                case ["step", var name]:
                    step(name);
                    break;
                case ["out", var words]:
                    output.Add(RemoteText.Clean(words));
                    break;
                case ["pruned", var id]:
                    pruned.Add(id);
                    break;
                case ["fail", var why]:
                    (failure, Ended) = (why, true);
                    return;
                case ["end"]:
                    Ended = true;
                    return;
            }
        }
    }

    /// <summary>The result of a script that came to its end.</summary>
    public MirrorTransportResult Result(MirrorTransportRun run)
    {
        run.Pruned = pruned;
        return failure?.Split(' ', 2) switch
        {
            null => run.Ended(MirrorTransportOutcome.Sent, null, "It is there, verified by checksum, current and loaded."),
            ["reload"] => run.Failed(ErrorIds.MirrorTransportFailed, $"The reload failed, and the former generation is current again: {string.Join(' ', output)}".TrimEnd(':', ' ')),
            ["unloaded"] => run.Ended(MirrorTransportOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown, $"It is current there, but the server could not be told to load it: {string.Join(' ', output)}".TrimEnd(':', ' ') + " Run the command again."),
            ["digest", var files] => run.Failed(ErrorIds.MirrorTransportFailed, $"What is there is not what was sent, even when compared by content: {RemoteText.Clean(files)}"),
            ["count" or "strange", var found] => run.Failed(ErrorIds.MirrorTransportFailed, $"Among what was sent there is something else ({RemoteText.Clean(found)}); what is current there was not touched."),
            [_, ..] => run.Failed(ErrorIds.MirrorTransportFailed, RemoteMirror.Failure(run.Site, failure).Message),
            [] => throw new InvalidOperationException("An empty failure."),
        };
    }
}
