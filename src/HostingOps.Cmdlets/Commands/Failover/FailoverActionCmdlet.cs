using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Base of the cmdlets that move live traffic by plans: shows each plan, asks, carries the confirmed ones out.</summary>
public abstract class FailoverActionCmdlet : HostingAwsCmdlet
{
    /// <summary>Do not ask. No gate is passed by it, and -WhatIf still changes nothing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Adds what one pipeline record asks for. A result without an operation, because its site was refused, is an error of
    /// its own: taken by its site's name it would mean an older operation.
    /// </summary>
    private protected void AddRequest(OperationRequests requests, string? operationId, string[]? names)
    {
        if (string.IsNullOrEmpty(operationId) && MyInvocation.BoundParameters.ContainsKey("OperationId"))
        {
            var site = names is null ? null : string.Join(", ", names);
            WriteError(ErrorRecords.From(new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                site,
                $"{site ?? "What was given"} has no operation: the id is empty, as in the result of a site that was refused.",
                "Name the operation, as Get-SiteFailoverHistory shows it.")));
            return;
        }

        requests.Add(InventoryPath, operationId, names);
    }

    /// <summary>Asks for each plan on the pipeline thread, then carries out those confirmed as one operation.</summary>
    private protected async Task ConfirmAndInvokeAsync(
        HostingWorkspace workspace, IAsyncEnumerable<SiteFailoverPlan> plans, PipelineWork work)
    {
        var confirmed = new List<SiteFailoverPlan>();
        await foreach (var plan in plans.ConfigureAwait(false))
        {
            if (await work.AskAsync(() => Confirm(plan)).ConfigureAwait(false))
            {
                confirmed.Add(plan);
            }
        }

        if (confirmed.Count > 0)
        {
            await WriteResultsAsync(workspace.InvokeAsync(confirmed, new InvokeOptions(), work.Token), work).ConfigureAwait(false);
        }
    }

    /// <summary>Writes each result, and an error after it when the site did not get where it should.</summary>
    private protected static async Task WriteResultsAsync(IAsyncEnumerable<FailoverResult> results, PipelineWork work)
    {
        // A display filter downstream, or one site's error under -ErrorAction Stop, must not leave the other sites half moved.
        work.Commit();
        await foreach (var result in results.ConfigureAwait(false))
        {
            await work.WriteAsync(result).ConfigureAwait(false);
            if (FailoverErrors.From(result) is { } error)
            {
                await work.WriteErrorAsync(error).ConfigureAwait(false);
            }
        }
    }

    // A refused plan moves nothing, so there is nothing to ask; the engine journals and reports the refusal.
    private bool Confirm(SiteFailoverPlan plan) =>
        PlanText.MovesTraffic(plan)
            ? ShouldProcessUnlessForced(Force, PlanText.Describe(plan), PlanText.Ask(plan), PlanText.Caption)
            : !IsWhatIf || Confirmed(() => ShouldProcess(PlanText.Describe(plan), PlanText.Ask(plan), PlanText.Caption));
}
