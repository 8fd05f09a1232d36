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

    private string Machine => options.Machine is { } identity ? MachineMark.Of(identity) : MachineMark.OfThisMachine();

    private string? InventoryFolder => Inventory.Path is { } path ? Path.GetDirectoryName(path) : options.WorkingDirectory;

    /// <summary>The desk at which this machine answers other agents, with the key that the inventory names.</summary>
    /// <param name="name">Which of the inventory's agents this machine is, or null for the one with the machine's name.</param>
    /// <param name="throttleLimit">Probes under way at once.</param>
    /// <param name="lifetime">Ends all looking.</param>
    /// <exception cref="HostingException">
    /// WitnessNotConfigured: there is no key, or it is too short; or the inventory has agents, and none of that name.
    /// </exception>
    public WitnessDesk OpenWitnessDesk(string? name, int throttleLimit, CancellationToken lifetime)
    {
        var (own, agents) = (name ?? Environment.MachineName, Inventory.Witnesses?.Agents ?? []);
        var self = agents.FirstOrDefault(agent => string.Equals(agent.Name, own, StringComparison.OrdinalIgnoreCase));
        if (self is null && agents.Count > 0)
        {
            // It would refuse every question: each is for one witness by name.
            throw new HostingException(
                ErrorIds.WitnessNotConfigured,
                HostingErrorCategory.ObjectNotFound,
                own,
                $"The inventory has no witness '{own}'; it has {string.Join(", ", agents.Select(static agent => agent.Name))}.",
                "Say with --name which of the inventory's witnesses this machine is.");
        }

        var key = (self?.Key ?? Inventory.Witnesses?.Key) is { } reference ? WitnessKey.Read(reference, Environment.GetEnvironmentVariable) : throw new HostingException(
            ErrorIds.WitnessNotConfigured,
            HostingErrorCategory.ObjectNotFound,
            own,
            "The inventory names no key under 'witnesses'.",
            "Write witnesses: { key: \"${WITNESS_KEY}\" } into this machine's inventory, and set that variable.");
        var observer = new ObserverCheck(prober.Value);
        return new WitnessDesk(
            key,
            own,
            Machine,
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
        return (new WitnessPanel(all, settings.Timeout, reporter, options.Time, Machine), agents);
    }

    private void DisposeWitnesses()
    {
        foreach (var agent in panel?.Agents ?? [])
        {
            agent.Dispose();
        }
    }
}
