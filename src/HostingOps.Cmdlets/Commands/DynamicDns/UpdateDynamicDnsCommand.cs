using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.DynamicDns;

namespace HostingOps.Cmdlets.Commands.DynamicDns;

/// <summary>Lets records follow this machine's public address, once or as a loop.</summary>
[Cmdlet(VerbsData.Update, "DynamicDns", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(DynamicDnsResult))]
public sealed class UpdateDynamicDnsCommand : HostingAwsCmdlet
{
    private static readonly DynamicDnsOptions Defaults = new();

    private readonly Dictionary<string, (string? InventoryPath, List<string>? Records)> requests = new(StringComparer.Ordinal);

    /// <summary>Dynamic records of the inventory by name, with wildcards; all when not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DynamicRecordCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Record { get; set; }

    /// <summary>Conditions to pass although they refuse.</summary>
    [Parameter]
    [ValidateSet("Settled", "Floor", "Uplink", "RecordKnown")]
    public DynamicDnsGateName[] Override { get; set; } = [];

    /// <summary>Go on until stopped.</summary>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    /// <summary>Seconds between two runs of -Watch.</summary>
    [Parameter]
    [ValidateRange(5, 86400)]
    public int IntervalSec { get; set; } = 60;

    /// <summary>Seconds to wait until Route 53 says INSYNC.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int SyncTimeoutSec { get; set; } = (int)Defaults.SyncTimeout.TotalSeconds;

    /// <summary>Seconds in which every authoritative server must serve the address.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int VerifyTimeoutSec { get; set; } = (int)Defaults.VerifyTimeout.TotalSeconds;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var key = InventoryPath ?? "";
        if (!requests.TryGetValue(key, out var request))
        {
            request = (InventoryPath, Record is null ? null : []);
        }

        // Once all are meant, no name takes that back.
        request.Records?.AddRange(Record ?? []);
        requests[key] = Record is null ? (InventoryPath, null) : request;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Watch && requests.Count > 1)
        {
            ThrowTerminatingError(ErrorRecords.From(new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                nameof(Watch),
                "-Watch goes on with one inventory until it is stopped, and records of several were given.",
                "Run it once for each inventory.")));
        }

        var options = new DynamicDnsOptions
        {
            DryRun = IsWhatIf,
            Overrides = Override,
            SyncTimeout = TimeSpan.FromSeconds(SyncTimeoutSec),
            VerifyTimeout = TimeSpan.FromSeconds(VerifyTimeoutSec),
        };
        RunOnEach(requests.Values, static request => request.InventoryPath, (request, workspace, work) =>
        {
            var records = workspace.SelectDynamicDns(request.Records);
            return options.DryRun ? TellAsync(workspace, records, options, work)
                : Watch ? WatchAsync(workspace, records, options, work)
                : UpdateAsync(workspace, records, options, work, static _ => true);
        });
    }

    private async Task WatchAsync(HostingWorkspace workspace, IReadOnlyList<DynamicDnsRecord> records, DynamicDnsOptions options, PipelineWork work)
    {
        var watch = workspace.NewDynamicDnsWatch();
        await watch.RunAsync(
            _ => UpdateAsync(workspace, records, options, work, watch.IsNews),
            error => work.WriteErrorAsync(error).AsTask(),
            TimeSpan.FromSeconds(IntervalSec),
            work.Token).ConfigureAwait(false);
        work.Token.ThrowIfCancellationRequested();
    }

    private async Task UpdateAsync(
        HostingWorkspace workspace, IReadOnlyList<DynamicDnsRecord> records, DynamicDnsOptions options, PipelineWork work, Func<DynamicDnsResult, bool> isNews)
    {
        var updates = workspace.DynamicDns.UpdateAsync(
            records,
            options,
            plan => work.AskAsync(() => Ask(DynamicDnsText.DescribeReaction(plan), DynamicDnsText.ReactionCaption)),
            async plan =>
            {
                if (!await work.AskAsync(() => Ask(DynamicDnsText.Describe(plan), DynamicDnsText.Caption)).ConfigureAwait(false))
                {
                    return false;
                }

                if (!Watch)
                {
                    // A loop is never committed as a whole: what is cut off is found again by the next run.
                    work.Commit();
                }

                return true;
            },
            work.Token);
        await foreach (var result in updates.ConfigureAwait(false))
        {
            if (!isNews(result))
            {
                continue;
            }

            await work.WriteAsync(result).ConfigureAwait(false);
            foreach (var error in DynamicDnsErrors.From(result))
            {
                await work.WriteErrorAsync(error, result).ConfigureAwait(false);
            }
        }
    }

    private async Task TellAsync(HostingWorkspace workspace, IReadOnlyList<DynamicDnsRecord> records, DynamicDnsOptions options, PipelineWork work)
    {
        foreach (var record in records)
        {
            foreach (var plan in await workspace.DynamicDns.PlanAsync(record, options, work.Token).ConfigureAwait(false))
            {
                if (plan.UplinkChange is not null)
                {
                    await work.AskAsync(() => Ask(DynamicDnsText.DescribeReaction(plan), DynamicDnsText.ReactionCaption)).ConfigureAwait(false);
                }

                await work.AskAsync(() => Ask(DynamicDnsText.Describe(plan), DynamicDnsText.Caption)).ConfigureAwait(false);
            }
        }
    }

    private bool Ask(string text, string caption) => Confirmed(() => ShouldProcess(text, text + "\nDo it?", caption));
}
