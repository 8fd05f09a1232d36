namespace HostingOps.Engine.Apex.Instances;

/// <summary>An image to launch from.</summary>
/// <param name="ImageId">Its id, <c>ami-…</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="OwnerId">The account that publishes it.</param>
/// <param name="Architecture"><c>x86_64</c> or <c>arm64</c>.</param>
/// <param name="RootDeviceName">The root volume's device, or null.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
internal sealed record MachineImage(
    string ImageId, string Name, string OwnerId, string Architecture, string? RootDeviceName, DateTimeOffset CreatedAt);
