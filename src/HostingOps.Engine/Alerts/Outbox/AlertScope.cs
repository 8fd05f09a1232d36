using HostingOps.Engine.State;

namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>Whose incidents and alerts they are: a zone, and the endpoint that has it, so that a rehearsal's stay apart from the real ones.</summary>
internal static class AlertScope
{
    /// <summary>The scope of an inventory.</summary>
    public static string Of(HostingInventory inventory) =>
        StateValue.ZoneKey(inventory.Zone) + (inventory.Aws.EndpointUrl is { } endpoint ? "@" + endpoint : "");
}
