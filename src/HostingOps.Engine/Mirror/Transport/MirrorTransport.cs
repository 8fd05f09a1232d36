using System.Globalization;
using HostingOps.Engine.Failover.Hooks;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Mirror.Serving;
using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Mirror.Transport;

/// <summary>
/// Sends a generation to the site's secondary host with the system's rsync and ssh. It arrives beside the others under a hidden
/// name, is verified there by checksum, and only then becomes current by one rename; whatever breaks before leaves what was current
/// there untouched, and the next sending goes on where this one was.
/// </summary>
internal sealed class MirrorTransport(MirrorTransportOptions options, IOperationReporter reporter, TimeProvider time)
{
    private const string Activity = "Sending the mirror";

    /// <summary>Sends it. What went wrong is in the result.</summary>
    /// <param name="site">The site, with a mirror.</param>
    /// <param name="folder">The generation's folder on this machine: complete, and not changing any more.</param>
    /// <param name="generation">Its summary.</param>
    /// <param name="entries">Its manifest.</param>
    /// <param name="cancellationToken">Ends it; the next sending goes on.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<MirrorTransportResult> SendAsync(
        HostedSite site, string folder, MirrorGeneration generation, IReadOnlyList<MirrorEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(generation);
        var run = new MirrorTransportRun(site, generation.Id, time);
        try
        {
            var there = MirroredSite.Of(site).Folder;
            if (!SshDestination.TryParse(site.Secondary.Ssh, out var destination))
            {
                return run.Failed(ErrorIds.MirrorTransportFailed, $"The inventory does not say how ssh reaches '{site.Secondary.Name}': its 'ssh' is missing.");
            }

            run.Files = await SentFiles.ReadAsync(folder, entries, cancellationToken).ConfigureAwait(false);
            return await SendAsync(run, new SshClient(destination, options.Ssh, time), destination, folder, there, cancellationToken).ConfigureAwait(false);
        }
        catch (HostingException error)
        {
            return run.Failed(error.ErrorId, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return run.Failed(ErrorIds.MirrorTransportFailed, $"The generation can't be read here: {error.Message}");
        }
        finally
        {
            reporter.Progress(new OperationProgress { Activity = Activity, Completed = true });
        }
    }

    private async Task<MirrorTransportResult> SendAsync(
        MirrorTransportRun run, SshClient ssh, SshDestination destination, string folder, string there, CancellationToken cancellationToken)
    {
        var seen = await LookAsync(run, ssh, there, cancellationToken).ConfigureAwait(false);
        (run.Former, run.Resumed) = (seen.Current, seen.Resumed);
        if (seen.Current == run.Id)
        {
            return seen.Manifest != run.Files.Digests[MirrorFolder.ManifestName]
                ? run.Failed(ErrorIds.MirrorTransportFailed, $"A generation '{run.Id}' is current there, and it is not this one. Save the site anew.")
                : seen.Loaded == seen.Current
                ? run.Ended(MirrorTransportOutcome.Unchanged, null, "It is current there already.")
                : await EndAsync(run, ssh, there, await FinishAsync(run, ssh, there, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        var program = ProgramPath.Find(options.RsyncProgram, Environment.GetEnvironmentVariable("PATH"), Environment.CurrentDirectory)
            ?? throw new HostingException(ErrorIds.MirrorTransportFailed, HostingErrorCategory.ObjectNotFound, run.Site.Name, "There is no rsync on PATH.", "Install rsync.");
        for (var byContent = false; ; byContent = true)
        {
            await RsyncAsync(run, ssh, program, destination, folder, $"{there}/generations/.incoming-{run.Id}", byContent, cancellationToken).ConfigureAwait(false);
            var talk = await FinishAsync(run, ssh, there, cancellationToken).ConfigureAwait(false);
            if (talk.IsOtherContent && !byContent)
            {
                // A file of the same size and time, and yet another.
                reporter.Verbose($"{run.Site.Name}: what is on {destination} is not what was sent; comparing by content.");
                continue;
            }

            return await EndAsync(run, ssh, there, talk, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<MirrorTransportResult> EndAsync(MirrorTransportRun run, SshClient ssh, string there, TransportConversation talk, CancellationToken cancellationToken) =>
        talk.Ended ? talk.Result(run) : await ReadBackAsync(run, ssh, there, cancellationToken).ConfigureAwait(false);

    private async Task RsyncAsync(
        MirrorTransportRun run, SshClient ssh, string program, SshDestination destination, string from, string to, bool byContent, CancellationToken cancellationToken)
    {
        var pause = options.Pause;
        for (var attempt = 1; ; attempt++)
        {
            reporter.Verbose(string.Create(CultureInfo.InvariantCulture, $"{run.Site.Name}: sending {run.Id} to {destination}, {run.Files.Digests.Count} files."));
            var arguments = RsyncCommand.Send(ssh.Command(), destination, from, to, run.Former, byContent, options.Silence);
            var rsync = await RsyncProcess.RunAsync(program, arguments, Tell, cancellationToken).ConfigureAwait(false);
            (run.FilesSent, run.BytesSent) = (run.FilesSent + rsync.Files, run.BytesSent + rsync.Bytes);
            if (rsync.ExitCode == 0)
            {
                return;
            }

            var words = RemoteText.Clean(rsync.Words);
            var failure = SshFailure.From(destination, words);
            if (attempt >= options.Attempts || !RsyncCommand.IsLostConnection(rsync.ExitCode) || failure.Category == HostingErrorCategory.AuthenticationError)
            {
                throw failure.Category == HostingErrorCategory.AuthenticationError ? failure : new HostingException(
                    ErrorIds.MirrorTransportFailed,
                    HostingErrorCategory.ExternalProgramFailed,
                    destination.ToString(),
                    string.Create(CultureInfo.InvariantCulture, $"rsync to {destination} ended with {rsync.ExitCode}: {words.Split('\n')[0]} What is current there was not touched; the next run goes on from here."));
            }

            reporter.Verbose(string.Create(CultureInfo.InvariantCulture, $"{run.Site.Name}: the connection broke ({rsync.ExitCode}); going on in {pause.TotalSeconds:0.#} s."));
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause *= 2;
        }

        void Tell(int percent) => reporter.Progress(new OperationProgress { Activity = Activity, CurrentItem = $"{run.Site.Name} to {run.Site.Secondary.Name}", Done = percent, Total = 100 });
    }

    private async Task<RemoteMirror> LookAsync(MirrorTransportRun run, SshClient ssh, string there, CancellationToken cancellationToken)
    {
        var mark = TransportScript.NewMark();
        var session = ssh.Start(TransportScript.Prepare(mark, there, run.Id), cancellationToken);
        await using (session.ConfigureAwait(false))
        {
            var seen = new RemoteMirror(null, null, null, Resumed: false);
            while (await session.ReadLineAsync(options.Silence).ConfigureAwait(false) is { } line)
            {
                switch (line.StartsWith(mark + " ", StringComparison.Ordinal) ? line[(mark.Length + 1)..].Split(' ', 2) : [])
                {
                    case ["current", var current]:
                        seen = seen with { Current = current.Length == 0 ? null : current };
                        break;
                    case ["loaded", { Length: > 0 } loaded]:
                        seen = seen with { Loaded = loaded };
                        break;
                    case ["same", var manifest]:
                        seen = seen with { Manifest = manifest };
                        break;
                    case ["resumed"]:
                        seen = seen with { Resumed = true };
                        break;
                    case ["fail", var why]:
                        throw RemoteMirror.Failure(run.Site, why);
                    case ["done"]:
                        return seen;
                }
            }

            throw await session.FailureAsync().ConfigureAwait(false);
        }
    }

    private async Task<TransportConversation> FinishAsync(MirrorTransportRun run, SshClient ssh, string there, CancellationToken cancellationToken)
    {
        var mark = TransportScript.NewMark();
        var talk = new TransportConversation(mark);
        var session = ssh.Start(TransportScript.Finish(mark, there, run.Id, run.Files, run.Site.Mirror!, options.Reload), cancellationToken);
        await using (session.ConfigureAwait(false))
        {
            await talk.HoldAsync(session, options.Silence, step => reporter.Verbose($"{run.Site.Name}: {step} on {run.Site.Secondary.Name}.")).ConfigureAwait(false);
        }

        return talk;
    }

    /// <summary>A connection that was lost at the end: the script there goes on without us once it has verified.</summary>
    private async Task<MirrorTransportResult> ReadBackAsync(MirrorTransportRun run, SshClient ssh, string there, CancellationToken cancellationToken)
    {
        var pause = options.Pause;
        for (var attempt = 1; ; attempt++)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause *= 2;
            try
            {
                var seen = await LookAsync(run, ssh, there, cancellationToken).ConfigureAwait(false);
                if (seen.Current != run.Id)
                {
                    return run.Failed(ErrorIds.SshConnectionFailed, "The connection was lost before it was made current; the next run goes on from here.");
                }

                return seen.Loaded == seen.Current
                    ? run.Ended(MirrorTransportOutcome.Sent, null, "The connection was lost at the end; read again, it is current there.")
                    : run.Ended(MirrorTransportOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown, "The connection was lost; it is current there, but the server was not told to load it: run the command again.");
            }
            catch (HostingException error) when (attempt < options.Attempts)
            {
                reporter.Verbose($"{run.Site.Name}: {error.Message}");
            }
            catch (HostingException error)
            {
                return run.Ended(MirrorTransportOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown, $"The connection was lost, and what is current there could not be read: {error.Message} Run the command again.");
            }
        }
    }
}
