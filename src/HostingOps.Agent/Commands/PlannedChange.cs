using System.Globalization;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Output.Views;
using HostingOps.Engine.Failover;

namespace HostingOps.Agent.Commands;

/// <summary>Shows plans, asks, carries them out, and says the way back: what failover and undo share.</summary>
/// <param name="context">The run.</param>
/// <param name="invoke">Carries plans out.</param>
/// <param name="history">Reads the journal.</param>
/// <param name="connection">The connection options to repeat in suggested commands.</param>
internal sealed class PlannedChange(
    AgentContext context,
    Func<IReadOnlyList<SiteFailoverPlan>, CancellationToken, IAsyncEnumerable<FailoverResult>> invoke,
    Func<HistoryFilter, IReadOnlyList<FailoverHistoryEntry>> history,
    string connection)
{
    /// <summary>Refuses early what could only be refused at the question.</summary>
    /// <exception cref="HostingException">ConfirmationRequired.</exception>
    public static void EnsureConfirmable(AgentContext context, string command, bool yes, bool whatIf)
    {
        if (!yes && !whatIf && !context.CanAsk)
        {
            throw new HostingException(
                ErrorIds.ConfirmationRequired,
                HostingErrorCategory.InvalidArgument,
                command,
                $"`hostingops {command}` moves live traffic and asks before it does, but here is no terminal to ask at. Nothing was planned or changed.",
                "Give --yes to go on without being asked, or --what-if to see the plan only.");
        }
    }

    /// <summary>Shows the plans and ends there.</summary>
    public async Task<ExitCode> ShowAsync(IAsyncEnumerable<SiteFailoverPlan> plans, CancellationToken cancellationToken)
    {
        var codes = new List<ExitCode>();
        using var array = context.Json ? context.BeginArray() : null;
        await foreach (var plan in plans.WithCancellation(cancellationToken))
        {
            array?.Write(plan);
            if (array is null)
            {
                PlanView.Show(context.Out, plan);
            }

            codes.Add(ExitCodeTable.For(plan));
        }

        return ExitCodeTable.Worst(codes);
    }

    /// <summary>Shows the plans, asks unless told not to, and carries them out.</summary>
    public async Task<ExitCode> RunAsync(IAsyncEnumerable<SiteFailoverPlan> planning, bool yes, CancellationToken cancellationToken)
    {
        var plans = new List<SiteFailoverPlan>();
        try
        {
            await foreach (var plan in planning.WithCancellation(cancellationToken))
            {
                plans.Add(plan);
                if (!context.Json || !yes)
                {
                    PlanView.Show(context.Dialogue, plan);
                }
            }

            var allowed = plans.Where(static plan => plan.Allowed).ToArray();
            if (allowed.Length > 0 && !yes && !await context.AskAsync(Question(allowed, plans.Count), cancellationToken))
            {
                return Declined();
            }
        }
        catch (OperationCanceledException interrupted)
        {
            throw new HostingException(
                ErrorIds.Interrupted, HostingErrorCategory.NotSpecified, null, "Interrupted before the switch; nothing was changed.", null, interrupted);
        }

        return await InvokeAsync(plans, cancellationToken);
    }

    private async Task<ExitCode> InvokeAsync(IReadOnlyList<SiteFailoverPlan> plans, CancellationToken cancellationToken)
    {
        var begun = context.Time.GetUtcNow();
        var results = new List<FailoverResult>();
        try
        {
            await ResultStream.ShowAsync(context, invoke(plans, cancellationToken), results, cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or HostingException)
        {
            var open = OpenSites.Of(history, new HistoryFilter { Sites = [.. plans.Select(static plan => plan.SiteName)], Since = begun });
            var told = WithOpenOperations(error, open);
            context.Errors.Error(told);
            return ExitCodeTable.For(told, open);
        }

        ResultStream.Close(context, results, connection);
        return ExitCodeTable.Worst(results.Select(static result => ExitCodeTable.For(result.Outcome)));
    }

    // The operation's id is first told with its results; after an interruption only the journal knows it.
    private HostingException WithOpenOperations(Exception error, IReadOnlyList<FailoverHistoryEntry> open)
    {
        var operations = open.Select(static entry => entry.OperationId).Distinct(StringComparer.Ordinal).ToArray();
        var sites = string.Join(", ", open.Select(static entry => $"{entry.SiteName} (last step {entry.LastStep})").Distinct(StringComparer.Ordinal));
        var resume = string.Join(" and ", operations.Select(id => WayBack.Resume(id, connection)));
        return (error, operations.Length) switch
        {
            (HostingException failure, 0) => failure,
            (HostingException failure, _) => new HostingException(
                failure.ErrorId,
                failure.Category,
                failure.Target,
                $"{failure.Message} Operation {string.Join(", ", operations)} is not finished: {sites}.",
                $"{failure.RecommendedAction} To finish: {resume}".TrimStart(),
                failure),
            (_, 0) => new HostingException(
                ErrorIds.Interrupted, HostingErrorCategory.NotSpecified, null, "Interrupted. The journal has nothing left to finish.", null, error),
            _ => new HostingException(
                ErrorIds.Interrupted,
                HostingErrorCategory.NotSpecified,
                string.Join(", ", operations),
                $"Interrupted. Operation {string.Join(", ", operations)} is not finished: {sites}.",
                $"To finish: {resume}",
                error),
        };
    }

    private ExitCode Declined()
    {
        if (context.Json)
        {
            context.BeginArray().Dispose();
        }

        context.Errors.Note("Not confirmed; nothing was changed.");
        return ExitCode.Refused;
    }

    private static string Question(IReadOnlyList<SiteFailoverPlan> allowed, int all)
    {
        var ways = allowed.GroupBy(static plan => (plan.From, plan.To)).Select(static way =>
            $"{Names([.. way.Select(static plan => plan.SiteName)])} from {way.Key.From ?? "neither host"} to {way.Key.To}");
        var rest = all == allowed.Count ? "" : string.Create(CultureInfo.InvariantCulture, $" ({all - allowed.Count} of {all} refused)");
        return $"Move {string.Join("; ", ways)}{rest}?";
    }

    private static string Names(IReadOnlyList<string> names) => names.Count <= 5
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{names.Count} sites ({string.Join(", ", names.Take(3))}, ...)");
}
