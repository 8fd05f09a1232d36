using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Apex.Publishing;

/// <summary>What the publishing script and we say to each other.</summary>
internal sealed class PublishConversation(SshSession session, string mark, ApexPublishRun run)
{
    private readonly List<string> output = [];
    private string? failure;
    private string? wrong;
    private string? rollback;
    private bool kept;
    private bool mending;
    private bool mended;

    /// <summary>Whether the script came to its end; otherwise the connection was lost.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether the script was told to keep the new file.</summary>
    public bool Kept { get; private set; }

    /// <summary>Follows the script to its end.</summary>
    /// <param name="verify">Asks the redirector for a sample; null when all is well.</param>
    /// <exception cref="HostingException">The script did not begin: nothing was changed.</exception>
    public async Task HoldAsync(Func<IReadOnlyList<ApexRedirect>, Task<string?>> verify)
    {
        var begun = false;
        while (await session.ReadLineAsync(run.Plan.Options.StepTimeout).ConfigureAwait(false) is { } line)
        {
            if (!line.StartsWith(mark + " ", StringComparison.Ordinal))
            {
                continue;
            }

            begun = true;
            var said = line[(mark.Length + 1)..];
            switch (said.Split(' ', 3))
            {
                case ["step", "verify"]:
                    run.Begin(ApexPublishStep.Verify);
                    wrong = await verify(run.Plan.Sample).ConfigureAwait(false);
                    run.Verified = wrong is null && run.Plan.AskAt is not null ? run.Plan.Sample.Count : 0;
                    run.See(wrong ?? (run.Plan.AskAt is null ? "not asked" : FormattableString.Invariant($"{run.Verified} names answered rightly")));
                    Kept = wrong is null;
                    await session.SendLineAsync(wrong is null ? mark + " keep" : mark + " back").ConfigureAwait(false);
                    break;
                case ["step", var name] when Enum.TryParse<ApexPublishStep>(name, ignoreCase: true, out var step):
                    mending = step == ApexPublishStep.Mend || (mending && step == ApexPublishStep.Rollback);
                    run.Begin(step);
                    if (step == ApexPublishStep.Test && !run.Plan.TestsCandidate)
                    {
                        run.See("not possible before the swap: apex.test is no call of nginx");
                    }

                    // What belongs to the failure was said before the rollback begins.
                    if (failure is null)
                    {
                        output.Clear();
                    }

                    break;
                case ["out", ..] when failure is null:
                    output.Add(RemoteText.Clean(said[4..]));
                    break;
                case ["rollback", var how]:
                    mended |= mending && how == "done";
                    rollback = mending && how == "done" ? null : how;
                    run.See(how);
                    break;
                case ["kept", var had, var former]:
                    (kept, run.Backup) = (true, had == "yes" ? former : null);
                    break;
                case ["fail", ..]:
                    failure = said["fail ".Length..];
                    break;
                case ["end"]:
                    Ended = true;
                    return;
            }
        }

        // What fails before it waits its turn ends without a farewell.
        if (failure is not null && !run.Swapped)
        {
            Ended = true;
        }
        else if (!begun)
        {
            throw await session.FailureAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The result of a script that came to its end.</summary>
    public ApexPublishResult Result()
    {
        var plan = run.Plan;
        if (kept)
        {
            return run.End(
                ApexPublishOutcome.Published,
                null,
                plan.AskAt is null
                    ? "Tested, in its place and loaded; the redirector was not asked."
                    : FormattableString.Invariant($"Tested, in its place, loaded, and {run.Verified} names answered rightly."));
        }

        var (errorId, reason) = Reason();
        if (failure == "keep")
        {
            return run.End(ApexPublishOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown, reason + " The new configuration is loaded, and the next run takes it back before it publishes anew: look at the disk, then run the command again.");
        }

        return rollback switch
        {
            null => run.End(
                ApexPublishOutcome.Failed, errorId, reason + (mended ? " An earlier publish, which was cut off, is taken back; nothing else was changed." : " Nothing was changed.")),
            "done" => run.End(ApexPublishOutcome.RolledBack, errorId, reason + " The former file is back."),
            "unloaded" => run.End(
                ApexPublishOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown, reason + " The former file is back, but the server could not load it: look at the server, then run the command again."),
            _ => run.End(
                ApexPublishOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown, reason + " The former file could not be put back: look at the disk, then run the command again."),
        };
    }

    private (string ErrorId, string Reason) Reason() => failure?.Split(' ')[0] switch
    {
        "busy" => (ErrorIds.ApexPublishBusy, "Another publish to this redirector is under way."),
        "changed" => (ErrorIds.ApexPublishConflict, "The file is not the one that the plan saw: somebody else has changed it."),
        "candidate" => (ErrorIds.ApexConfigRejected, $"The redirector's nginx refuses the configuration: {Words()}"),
        "live" => (ErrorIds.ApexPublishRolledBack, $"Within the redirector's whole configuration the test failed: {Words()}"),
        "reload" => (ErrorIds.ApexPublishRolledBack, $"The reload failed: {Words()}"),
        "verify" when wrong is not null => (ErrorIds.ApexPublishRolledBack, $"After the reload {wrong}."),
        "verify" => (ErrorIds.ApexPublishRolledBack, "The redirector waited too long for our word."),
        "mend" => (ErrorIds.ApexPublishFailed, "An earlier publish was cut off, and its former file could not be put back."),
        "keep" => (ErrorIds.ApexPublishFailed, "The former file could not be kept."),
        null => (ErrorIds.ApexPublishFailed, "The script was ended from outside."),
        _ => (ErrorIds.ApexPublishFailed, RemoteFailure.BeforeBeginning(run.Plan.Destination, run.Plan.Path, failure).Message.Replace(" Nothing was changed.", "", StringComparison.Ordinal)),
    };

    private string Words()
    {
        var words = string.Join(" ", output.Where(static line => line.Length > 0));
        return words.Length == 0 ? "it printed nothing." : words.EndsWith('.') ? words : words + ".";
    }
}
