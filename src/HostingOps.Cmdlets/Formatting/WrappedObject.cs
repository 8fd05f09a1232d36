using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>What PowerShell wraps in a PSObject.</summary>
internal static class WrappedObject
{
    /// <summary>What is inside, or the wrapper itself where it is a bag of properties.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object Base(object wrapper) => ((PSObject)wrapper).BaseObject is { } inner and not PSCustomObject ? inner : wrapper;

    /// <summary>A property's value, or null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object? Property(object wrapper, string name) => ((PSObject)wrapper).Properties[name]?.Value;
}
