using HostingOps.Agent.Terminal;
using Spectre.Console;

namespace HostingOps.Agent.Output.Views;

/// <summary>Which words get which colour. The word itself always says the same, for those who see no colours.</summary>
internal static class Styles
{
    public static Style Heading { get; } = new(decoration: Decoration.Bold);

    public static Style Good { get; } = new(Color.Green);

    public static Style Doubtful { get; } = new(Color.Yellow);

    public static Style Bad { get; } = new(Color.Red);

    public static Text Word(SiteStatus status) => new(status.ToString(), status switch
    {
        SiteStatus.Healthy => Good,
        SiteStatus.Down => Bad,
        _ => Doubtful,
    });

    public static Text Word(GateOutcome outcome) => new(outcome.ToString(), outcome switch
    {
        GateOutcome.Passed => Good,
        GateOutcome.Overridden => Doubtful,
        _ => Bad,
    });

    public static Text ApexOutcome(string outcome) => new(outcome, outcome switch
    {
        "Moved" or "AlreadyThere" or "Restored" => Good,
        "InProgress" or "MovedUnproven" => Doubtful,
        _ => Bad,
    });

    public static Text Word(FailoverOutcome outcome) => new(outcome.ToString(), Of(outcome));

    public static Style Of(FailoverOutcome outcome) => outcome switch
    {
        FailoverOutcome.Succeeded or FailoverOutcome.Unchanged => Good,
        FailoverOutcome.InProgress or FailoverOutcome.SwitchedWithWarnings => Doubtful,
        _ => Bad,
    };

    public static Style Of(DnsRecordChangeOutcome outcome) => outcome switch
    {
        DnsRecordChangeOutcome.Applied or DnsRecordChangeOutcome.AlreadyThere => Good,
        DnsRecordChangeOutcome.NotProven => Doubtful,
        _ => Bad,
    };

    public static Style Of(WatchState state) => state switch
    {
        WatchState.Healthy => Good,
        WatchState.Down => Bad,
        _ => Doubtful,
    };

    public static Text Word(DynamicDnsOutcome outcome) => new(outcome.ToString(), outcome switch
    {
        DynamicDnsOutcome.Unchanged or DynamicDnsOutcome.Updated => Good,
        DynamicDnsOutcome.Waiting or DynamicDnsOutcome.UpdatedUnproven or DynamicDnsOutcome.AddressUnknown => Doubtful,
        _ => Bad,
    });

    /// <summary>Text from elsewhere, uncoloured.</summary>
    public static Text Plain(string? text) => new(PrintableText.Of(text));
}
