using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Agents;
using HostingOps.Engine.Watch.Witnesses.Route53;

namespace HostingOps.Engine;

/// <content>Others who are asked what they see, and this machine when others ask.</content>
public sealed partial class HostingWorkspace
{
    private readonly object panelGate = new();
    private (IWitnessPanel Panel, IReadOnlyList<AgentWitness> Agents)? panel;

    /// <summary>The inventory's witnesses.</summary>
    internal IWitnessPanel Witnesses
    {
        get
        {
            lock (panelGate)
            {
                return (panel ??= MakePanel()).Panel;
            }
        }
    }

    private string? InventoryFolder => Inventory.Path is { } path ? Path.GetDirectoryName(path) : options.WorkingDirectory;

    /// <summary>The desk at which this machine answers other agents, with the key that the inventory names.</summary>
    /// <param name="name">Which of the inventory's agents this machine is, or null for the key that all share.</param>
    /// <param name="throttleLimit">Probes under way at once.</param>
    /// <param name="lifetime">Ends all looking.</param>
    /// <exception cref="HostingException">WitnessNotConfigured: there is no key, or it is too short.</exception>
    public WitnessDesk OpenWitnessDesk(string? name, int throttleLimit, CancellationToken lifetime)
    {
        var reference = name is null
            ? Inventory.Witnesses?.Key
            : Inventory.Witnesses?.Agents.FirstOrDefault(agent => string.Equals(agent.Name, name, StringComparison.OrdinalIgnoreCase))?.Key;
        var key = reference is not null ? WitnessKey.Read(reference, Environment.GetEnvironmentVariable) : throw new HostingException(
            ErrorIds.WitnessNotConfigured,
            HostingErrorCategory.ObjectNotFound,
            name,
            name is null ? "The inventory names no key under 'witnesses'." : $"The inventory has no witness '{name}'.",
            "Write witnesses: { key: \"${WITNESS_KEY}\" } into this machine's inventory, and set that variable.");
        var observer = new ObserverCheck(prober.Value);
        return new WitnessDesk(
            key,
            new SiteLooks(
                (site, host, token) => prober.Value.ProbeAsync(
                    site, host, host.Name == site.Primary.Name ? HealthTarget.Primary : HealthTarget.Secondary, token),
                observer.CheckAsync,
                throttleLimit,
                options.Time,
                lifetime),
            options.Time);
    }

    private (IWitnessPanel Panel, IReadOnlyList<AgentWitness> Agents) MakePanel()
    {
        var settings = Inventory.Witnesses ?? new WitnessSettings();
        var agents = settings.Agents.Select(agent =>
            new AgentWitness(agent, settings.Timeout, InventoryFolder, Environment.GetEnvironmentVariable, options.Time)).ToArray();
        IWitness[] all = settings.Route53 is { } route53 ? [.. agents, new Route53Witness(route53, new Route53HealthChecks(() => aws.Value), options.Time)] : [.. agents];
        return (new WitnessPanel(all, settings.Timeout, reporter, options.Time), agents);
    }

    private void DisposeWitnesses()
    {
        foreach (var agent in panel?.Agents ?? [])
        {
            agent.Dispose();
        }
    }
}
