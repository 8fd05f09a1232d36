using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine;

/// <content>The sites' static mirrors: what is kept here, and what the secondary hosts serve.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>The mirrors' folder on this machine.</summary>
    internal MirrorStore Mirrors => new(
        MirrorLocation.Resolve(options.MirrorsPath is { } path ? Path.Combine(options.WorkingDirectory, path) : null, StatePath), options.Time);
}
