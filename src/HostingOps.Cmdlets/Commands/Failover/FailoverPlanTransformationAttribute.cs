using System.Collections;
using System.Management.Automation;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>
/// Plans, and nothing else: without it PowerShell would put a plan together from any hashtable or row of a CSV that has a
/// property of the same name.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FailoverPlanTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Unwrap(inputData) switch
    {
        null => null,
        IEnumerable many and not (string or IDictionary) => many.Cast<object?>().Select(PlanOf).ToArray(),
        var one => PlanOf(one),
    };

    // This type of exception lets the binder go on and try the other parameters.
    private static SiteFailoverPlan PlanOf(object? item) => Unwrap(item) as SiteFailoverPlan
        ?? throw new PSInvalidCastException($"A plan of Get-SiteFailoverPlan is expected, not an object of type {Unwrap(item)?.GetType().FullName ?? "null"}.");

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
