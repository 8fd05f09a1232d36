using HostingOps.Engine.Failover.Hooks;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Alerts.Sending;

/// <summary>Sends by whatever way the channel has.</summary>
internal sealed class ChannelSender : IAlertSender, IDisposable
{
    // A chat service answers within a second or two; a mail server may look things up before it takes a mail.
    private static readonly TimeSpan WebPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Func<string, string?> environment;
    private readonly TimeProvider time;
    private readonly WebhookSender webhook;
    private readonly MailSender mail;
    private readonly CommandSender command;

    /// <param name="time">The clock of the time-outs.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="workingDirectory">Where commands run.</param>
    public ChannelSender(TimeProvider time, Func<string, string?> environment, string? workingDirectory = null)
    {
        this.time = time;
        this.environment = environment;
        webhook = new WebhookSender(time);
        mail = new MailSender();
        command = new CommandSender(time, workingDirectory ?? Environment.CurrentDirectory);
    }

    /// <inheritdoc/>
    public async Task<DeliveryAnswer> SendAsync(NotificationChannel channel, HostingAlert alert, string key, CancellationToken cancellationToken)
    {
        var patience = channel.Kind == NotificationKind.Webhook ? WebPatience : Patience;
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var secrets = new ChannelSecrets(environment);
        try
        {
            return await (channel.Kind switch
            {
                NotificationKind.Mail => mail.SendAsync(channel.Mail!, alert, key, secrets, either.Token),
                NotificationKind.Command => command.SendAsync(channel.Command, alert, key, either.Token),
                _ => webhook.SendAsync(channel, alert, key, secrets, either.Token),
            }).ConfigureAwait(false);
        }
        catch (MissingVariableException exception)
        {
            // Another process of this database may have it, or this one after its next start.
            return DeliveryAnswer.Later(exception.Message, TimeSpan.FromMinutes(5));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DeliveryAnswer.Later(FormattableString.Invariant($"it gave no answer within {patience.TotalSeconds:0} s"));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A channel must never stop the others, whatever it does; and whatever the text, it may hold the address.
            return DeliveryAnswer.Later($"it failed ({exception.GetType().Name}): {secrets.Hide(exception.Message)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => webhook.Dispose();
}
