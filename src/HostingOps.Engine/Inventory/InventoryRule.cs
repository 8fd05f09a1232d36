namespace HostingOps.Engine.Inventory;

/// <summary>A kind of finding. docs/inventory.md lists all of them.</summary>
/// <param name="Code">Stable code, <c>INV001</c> and on. A code never changes its meaning.</param>
/// <param name="Severity">Whether it stops the cmdlets.</param>
/// <param name="Title">What is wrong, in general.</param>
/// <param name="Remedy">What to do about it, in general.</param>
internal sealed record InventoryRule(string Code, FindingSeverity Severity, string Title, string Remedy);
