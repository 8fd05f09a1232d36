using System.Reflection;
using System.Runtime.Loader;

namespace HostingOps.Cmdlets.Loading;

/// <summary>
/// Answers the default load context when it looks for an assembly of ours, from one private
/// <see cref="DependencyContext"/>. It answers for no other name: what another module fails to find is not our concern.
/// </summary>
internal sealed class DependencyResolver
{
    private const string OwnPrefix = "HostingOps.";
    private readonly object gate = new();
    private readonly DependencyContext context;
    private int users;

    public DependencyResolver(string folder) => context = new DependencyContext(folder);

    /// <summary>The private load context.</summary>
    public DependencyContext Context => context;

    /// <summary>Starts answering. Counted, for each runspace of a process imports the module for itself.</summary>
    public void Attach()
    {
        lock (gate)
        {
            if (users++ == 0)
            {
                AssemblyLoadContext.Default.Resolving += OnResolving;
            }
        }
    }

    /// <summary>Stops answering once the last user has gone.</summary>
    public void Detach()
    {
        lock (gate)
        {
            if (users > 0 && --users == 0)
            {
                AssemblyLoadContext.Default.Resolving -= OnResolving;
            }
        }
    }

    /// <summary>The assembly, or null when the name is not one of ours.</summary>
    public Assembly? Resolve(AssemblyName name) =>
        name.Name is { } simple
        && simple.StartsWith(OwnPrefix, StringComparison.Ordinal)
        && File.Exists(Path.Combine(context.Folder, simple + ".dll"))
            ? context.LoadFromAssemblyName(name)
            : null;

    private Assembly? OnResolving(AssemblyLoadContext asker, AssemblyName name) => Resolve(name);
}
