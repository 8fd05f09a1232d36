namespace HostingOps.Engine;

/// <summary>What a caller says about the inventory, AWS and the state database; null leaves it to the inventory, then to the environment.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>The inventory file, or null for $HOSTINGOPS_INVENTORY, then ./hosting.yml.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>Folder against which relative paths are resolved: PowerShell's location is not the process's directory.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>AWS profile.</summary>
    public string? ProfileName { get; init; }

    /// <summary>AWS region.</summary>
    public string? Region { get; init; }

    /// <summary>AWS-compatible endpoint.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>The state database, or null for $HOSTINGOPS_STATE, then the platform's state folder.</summary>
    public string? StatePath { get; init; }

    /// <summary>The folder of the sites' static mirrors on this machine, or null for $HOSTINGOPS_MIRRORS, then <c>mirrors</c> beside the state database.</summary>
    public string? MirrorsPath { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What spreads the waits between attempts; a seeded one makes them repeatable.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>What tells this machine from others among witnesses, or null for what the system says.</summary>
    internal string? Machine { get; init; }
}
