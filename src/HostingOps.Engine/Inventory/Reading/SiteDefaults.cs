namespace HostingOps.Engine.Inventory.Reading;

/// <summary>What a site takes when it does not say otherwise: the file's defaults over the built-in ones.</summary>
internal sealed record SiteDefaults(int Ttl, HealthCheckPolicy Check, SitePolicy Policy, SiteHooks Hooks, MirrorSettings? Mirror);
