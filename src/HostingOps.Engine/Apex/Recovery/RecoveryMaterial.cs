using HostingOps.Engine.Apex.Redirects;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>What a new redirector is given.</summary>
/// <param name="Config">Its configuration.</param>
/// <param name="UserData">Its user data.</param>
/// <param name="Delivery">How the configuration reaches it.</param>
/// <param name="PackedSize">Bytes of user data with the configuration inside.</param>
internal sealed record RecoveryMaterial(ApexRedirectConfig Config, byte[] UserData, ApexConfigDelivery Delivery, int PackedSize)
{
    /// <summary>Makes it.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="test">Whether nginx is asked what it thinks of the configuration.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    /// <exception cref="HostingException">ApexRedirectInvalid.</exception>
    public static async Task<RecoveryMaterial> CreateAsync(RecoveryContext context, bool test, CancellationToken cancellationToken)
    {
        var config = await context.ConfigAsync(test, cancellationToken).ConfigureAwait(false);
        var (path, setup) = (context.Apex.ConfigPath, context.Apex.Instance.Setup);
        var whole = RecoveryUserData.Create(config.Text, path, setup);
        return whole.Length <= Instances.InstanceLauncher.LargestUserData
            ? new(config, whole, ApexConfigDelivery.UserData, whole.Length)
            : new(config, RecoveryUserData.Create(NginxWaitingConfig.Write(context.Apex.Redirect.Ipv6), path, setup), ApexConfigDelivery.Ssh, whole.Length);
    }
}
