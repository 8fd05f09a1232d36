using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;

namespace HostingOps.Cmdlets.Commands.Alerts;

/// <summary>Tests notification channels, or sends again what none of them took.</summary>
[Cmdlet(VerbsCommunications.Send, "HostingAlert", DefaultParameterSetName = TestSet, SupportsShouldProcess = true)]
[OutputType(typeof(HostingAlertDelivery))]
public sealed class SendHostingAlertCommand : HostingInventoryCmdlet
{
    private const string TestSet = "Test";
    private const string ResendSet = "Resend";

    private readonly List<(string? InventoryPath, long Id)> again = [];

    /// <summary>Names of channels, with wildcards; all when not given.</summary>
    [Parameter(Position = 0, ParameterSetName = TestSet)]
    [ArgumentCompleter(typeof(ChannelNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Channel { get; set; }

    /// <summary>What the test says.</summary>
    [Parameter(ParameterSetName = TestSet)]
    [ValidateNotNullOrEmpty]
    public string? Message { get; set; }

    /// <summary>Numbers of undelivered alerts to send again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResendSet, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, long.MaxValue)]
    public long[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ResendSet)
        {
            again.AddRange(Id.Select(id => (InventoryPath, id)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ResendSet)
        {
            RunOnEach(again.GroupBy(static one => one.InventoryPath), static group => group.Key, ResendAsync);
        }
        else
        {
            var (channels, message) = (Channel, Message);
            RunOnInventory(InventoryPath, (workspace, work) => TestAsync(workspace, work, channels, message));
        }
    }

    private async Task TestAsync(HostingWorkspace workspace, PipelineWork work, string[]? channels, string? message)
    {
        var tests = new List<Task<HostingAlertDelivery>>();
        foreach (var (name, channel) in workspace.SelectChannels(channels))
        {
            if (await work.AskAsync(() => Confirmed(() => ShouldProcess($"{name} ({channel.Place})", "Send a test alert"))).ConfigureAwait(false))
            {
                tests.Add(workspace.TestAlertAsync(name, channel, message, work.Token));
            }
        }

        foreach (var test in tests)
        {
            await TellAsync(await test.ConfigureAwait(false), work).ConfigureAwait(false);
        }
    }

    private async Task ResendAsync(IGrouping<string?, (string? InventoryPath, long Id)> group, HostingWorkspace workspace, PipelineWork work)
    {
        foreach (var (_, id) in group.Distinct())
        {
            if (!await work.AskAsync(() => Confirmed(() => ShouldProcess($"alert {id}", "Send again"))).ConfigureAwait(false))
            {
                continue;
            }

            try
            {
                await TellAsync(await workspace.ResendAlertAsync(id, work.Token).ConfigureAwait(false), work).ConfigureAwait(false);
            }
            catch (HostingException missing) when (missing.ErrorId == ErrorIds.AlertNotFound)
            {
                await work.WriteErrorAsync(missing).ConfigureAwait(false);
            }
        }
    }

    private static async Task TellAsync(HostingAlertDelivery delivery, PipelineWork work)
    {
        await work.WriteAsync(delivery).ConfigureAwait(false);
        if (delivery.Outcome != AlertDeliveryOutcome.Sent)
        {
            var error = new HostingException(
                ErrorIds.AlertNotSent,
                HostingErrorCategory.ConnectionError,
                delivery.Channel,
                $"The notification channel '{delivery.Channel}' did not take the alert: {delivery.Answer}.",
                "docs/alerts.md says what each kind of channel needs.");
            await work.WriteErrorAsync(error, delivery).ConfigureAwait(false);
        }
    }
}
