using HostingOps.Engine.Inventory;
using HostingOps.Engine.Operations;

namespace HostingOps.Agent.Witnessing;

/// <summary>The inventory as its file has it now; one that is broken leaves the last good one in use.</summary>
internal sealed class CurrentInventory
{
    private readonly Lock gate = new();
    private readonly IOperationReporter reporter;
    private HostingInventory current;
    private (DateTime, long) version;

    public CurrentInventory(HostingInventory first, IOperationReporter reporter)
    {
        this.reporter = reporter;
        current = first;
        version = Version(first.Path);
    }

    public HostingInventory Read()
    {
        lock (gate)
        {
            var now = Version(current.Path);
            if (now == version || current.Path is not { } path)
            {
                return current;
            }

            version = now;
            try
            {
                current = InventoryLoader.LoadOrThrow(path, reporter);
                reporter.Verbose($"The inventory was read again: {current}.");
            }
            catch (HostingException error)
            {
                reporter.Warning($"The inventory has changed and can't be used, so the last good one stays in use: {error.Message}");
            }

            return current;
        }
    }

    private static (DateTime, long) Version(string? path) =>
        path is not null && new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;
}
