using HostingOps.Engine.Failover.Hooks;
using HostingOps.Engine.Operations;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>Runs the hooks around a switch, site by site in parallel, and journals each.</summary>
internal sealed class HookStages(HookRunner runner, FailoverJournal journal, IOperationReporter reporter, TimeProvider time)
{
    /// <summary>Fence, then promote. A site whose switch must not go on is ended.</summary>
    public Task BeforeSwitchAsync(IReadOnlyList<SiteRun> runs, int throttleLimit, CancellationToken cancellationToken) =>
        ForEachAsync(runs.Where(static run => run.Active && !run.Switched), [HookStage.Fence, HookStage.Promote], throttleLimit, cancellationToken, async (run, warnings, token) =>
        {
            // On a failover the old host is dead and can't be fenced over ssh; a planned switch must not leave two live hosts.
            var fenceMayFail = run.Plan.Kind == FailoverKind.Failover;
            if (await RunAsync(run, FailoverStep.Fence, HookStage.Fence, fenceMayFail, warnings, token).ConfigureAwait(false))
            {
                await RunAsync(run, FailoverStep.Promote, HookStage.Promote, mayFail: false, warnings, token).ConfigureAwait(false);
            }
        });

    /// <summary>After the verified switch. Nothing is taken back when one fails.</summary>
    public Task AfterSwitchAsync(IReadOnlyList<SiteRun> runs, int throttleLimit, CancellationToken cancellationToken) =>
        ForEachAsync(runs, [HookStage.After], throttleLimit, cancellationToken, (run, warnings, token) =>
            RunAsync(run, FailoverStep.After, HookStage.After, mayFail: true, warnings, token));

    private async Task ForEachAsync(
        IEnumerable<SiteRun> runs,
        HookStage[] stages,
        int throttleLimit,
        CancellationToken cancellationToken,
        Func<SiteRun, SiteWarnings, CancellationToken, Task> work)
    {
        var hooked = runs.Where(run => run.Plan.Hooks.Any(hook => stages.Contains(hook.Stage))).ToArray();
        if (hooked.Length == 0)
        {
            return;
        }

        var warnings = new SiteWarnings(reporter);
        using var progress = new ActivityProgress(reporter, time, MoveProgress.Hooks, hooked.Length, MoveProgress.Activity);
        try
        {
            await Parallel.ForEachAsync(
                hooked,
                new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, throttleLimit), CancellationToken = cancellationToken },
                async (run, token) =>
                {
                    progress.Now(run.Plan.SiteName);
                    await work(run, warnings, token).ConfigureAwait(false);
                    progress.Advance(run.Plan.SiteName);
                }).ConfigureAwait(false);
        }
        finally
        {
            warnings.Tell();
        }
    }

    private async Task<bool> RunAsync(
        SiteRun run, FailoverStep step, HookStage stage, bool mayFail, SiteWarnings warnings, CancellationToken cancellationToken)
    {
        var planned = run.Plan.Hooks.Where(hook => hook.Stage == stage).ToArray();
        if (planned.Length == 0 || run.Done.Contains(step))
        {
            return true;
        }

        var started = time.GetTimestamp();
        var startedAt = time.GetUtcNow();
        var environment = HookEnvironment.For(run.OperationId, run.Plan);
        var mask = new SecretMask(SecretMask.CurrentEnvironmentWith(environment));
        journal.Append(run.OperationId, run.Plan.SiteName, step, JournalMoment.Started, mask.Hide(string.Join("; ", planned.Select(static hook => hook.ToString()))));
        var output = new List<string>();
        try
        {
            foreach (var hook in planned.Select(hook => HookTemplate.Bind(hook, run.OperationId)))
            {
                var result = await runner.RunAsync(hook, environment, reporter, cancellationToken).ConfigureAwait(false);
                output.Add(result.Output);
            }

            run.Done.Add(step);
            run.Measured(step, startedAt, time.GetElapsedTime(started), $"{planned.Length} hook(s) ran.");
            journal.Append(run.OperationId, run.Plan.SiteName, step, JournalMoment.Done, string.Join('\n', output));
            return true;
        }
        catch (HostingException error)
        {
            run.Measured(step, startedAt, time.GetElapsedTime(started), error.Message);
            journal.Append(
                run.OperationId,
                run.Plan.SiteName,
                step,
                JournalMoment.Failed,
                error is HookException { Result.Output: { Length: > 0 } said } ? $"{error.Message}\n{said}" : error.Message);
            if (mayFail)
            {
                run.Done.Add(step);
                run.Warn($"{stage} hook: {error.Message}", error.ErrorId);
                warnings.Add(error.ErrorId, run.Plan.SiteName, $"{stage} hook: {error.Message}");
                return true;
            }

            var reason = $"{error.Message} The records were not changed.{run.HooksThatRan}";
            journal.Finish(
                run.OperationId, run.Plan.SiteName, FailoverOutcome.Failed, reason, error.ErrorId, run.End(FailoverOutcome.Failed, reason, error.ErrorId, time.GetUtcNow()));
            return false;
        }
    }
}
