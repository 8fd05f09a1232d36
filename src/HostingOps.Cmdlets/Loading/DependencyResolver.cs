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

    // What our visible assembly cannot do without, so that a file that is missing is told of as what it is.
    private static readonly HashSet<string> Needed = typeof(DependencyResolver).Assembly.GetReferencedAssemblies()
        .Select(static reference => reference.Name!)
        .Where(static name => name.StartsWith(OwnPrefix, StringComparison.Ordinal))
        .ToHashSet(StringComparer.Ordinal);

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
    /// <exception cref="FileNotFoundException">It is one of ours, and the module lacks it.</exception>
    public Assembly? Resolve(AssemblyName name)
    {
        if (name.Name is not { } simple || !simple.StartsWith(OwnPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        if (context.Contains(simple))
        {
            return context.LoadFromAssemblyName(name);
        }

        return Needed.Contains(simple) ? throw context.Missing(simple) : null;
    }

    private Assembly? OnResolving(AssemblyLoadContext asker, AssemblyName name) => Resolve(name);
}
