using System.Globalization;
using HostingOps.Agent.ExitCodes;
using HostingOps.Agent.Output.Views;
using HostingOps.Engine;
using HostingOps.Engine.Dns.Changes;

namespace HostingOps.Agent.Commands;

/// <summary>Shows a plan of zone changes, asks where it takes something away, and carries it out.</summary>
/// <param name="context">The run.</param>
/// <param name="workspace">The inventory.</param>
/// <param name="options">Time-outs.</param>
/// <param name="connection">The connection options to repeat in suggested commands.</param>
internal sealed class PlannedSync(AgentContext context, HostingWorkspace workspace, ZoneChangeOptions options, string connection)
{
    /// <summary>Shows the plan and ends there.</summary>
    public ExitCode Show(ZoneChangePlan plan)
    {
        if (context.Json)
        {
            using var array = context.BeginArray();
            array.Write(plan);
        }
        else
        {
            ZoneChangeView.Show(context.Out, plan);
        }

        return plan.Allowed && !workspace.SitesLeftOut(plan).Any() ? ExitCode.Success : ExitCode.Refused;
    }

    /// <summary>Carries the plan out; one that only creates is asked about by nobody, for a deployment waits for it.</summary>
    public async Task<ExitCode> RunAsync(ZoneChangePlan plan, bool confirmed, CancellationToken cancellationToken)
    {
        var takes = plan.Changes.Count - plan.CreateCount;
        if (takes > 0 && plan.Allowed && !confirmed && !context.CanAsk)
        {
            throw new HostingException(
                ErrorIds.ConfirmationRequired,
                HostingErrorCategory.InvalidArgument,
                plan.Zone,
                string.Create(CultureInfo.InvariantCulture, $"The plan updates {plan.UpdateCount} and deletes {plan.DeleteCount} existing records, and here is no terminal to ask at. Nothing was changed."),
                $"Look at it with --what-if, then give --checksum {plan.Checksum}, or --yes. A deployment names its site: then nothing else is looked at.");
        }

        if (!context.Json || !confirmed)
        {
            ZoneChangeView.Show(context.Dialogue, plan);
        }
        else if (plan.Notices.Count > 0)
        {
            context.Errors.Warning($"Left alone: {ZoneChangeText.Count(plan.Notices)}. `hostingops sync --what-if` says why.");
        }

        if (takes > 0 && plan.Allowed && !confirmed && !await context.AskAsync("Change the zone?", cancellationToken))
        {
            if (context.Json)
            {
                context.BeginArray().Dispose();
            }

            context.Errors.Note("Not confirmed; nothing was changed.");
            return ExitCode.Refused;
        }

        var code = await CarryOutAsync(workspace.ZoneChanges.ApplyAsync(plan, options, cancellationToken), cancellationToken);
        var leftOut = workspace.SitesLeftOut(plan).ToArray();
        foreach (var error in leftOut)
        {
            context.Errors.Error(error);
        }

        return ExitCodeTable.Worst([code, .. leftOut.Select(ExitCodeTable.For)]);
    }

    /// <summary>Does what is left of an operation that was cut off.</summary>
    public Task<ExitCode> FinishAsync(string operationId, CancellationToken cancellationToken)
    {
        context.Errors.Note($"Operation {operationId} was cut off; what is left of it is done now.");
        return CarryOutAsync(workspace.ZoneChanges.ResumeAsync(operationId, options, cancellationToken), cancellationToken);
    }

    private async Task<ExitCode> CarryOutAsync(IAsyncEnumerable<DnsRecordChangeResult> source, CancellationToken cancellationToken)
    {
        var results = new List<DnsRecordChangeResult>();
        using var array = context.Json ? context.BeginArray() : null;
        try
        {
            await foreach (var result in source.WithCancellation(cancellationToken))
            {
                results.Add(result);
                array?.Write(result);
                if (array is null)
                {
                    ZoneChangeView.Show(context.Out, result);
                }
            }
        }
        catch (HostingException error) when (results.Count > 0)
        {
            // Error promises that nothing was changed.
            context.Errors.Error(error);
            return ExitCode.NotProven;
        }

        if (array is null)
        {
            ZoneChangeView.Close(context.Out, results, connection);
        }

        return ExitCodeTable.Worst(results.Select(static result => ExitCodeTable.For(result.Outcome)));
    }
}
