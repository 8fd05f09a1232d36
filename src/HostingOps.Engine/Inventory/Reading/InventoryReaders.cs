namespace HostingOps.Engine.Inventory.Reading;

/// <summary>The readers that sites and defaults share.</summary>
internal sealed record InventoryReaders(
    TtlReader Ttl, CheckReader Check, SitePolicyReader SitePolicy, HookReader Hooks, MirrorReader Mirror, RecordReader? Records);
