using System.Net;
using System.Net.Mail;
using System.Security.Authentication;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Alerts.Sending;

/// <summary>Sends mail over SMTP, with STARTTLS unless the inventory says otherwise: a server that does not offer it gets neither mail nor password.</summary>
internal sealed class MailSender
{
    private const int SubmissionPort = 587;

    /// <summary>Name and port of a server as the inventory writes it.</summary>
    public static (string Name, int Port) Endpoint(string server)
    {
        var colon = server.LastIndexOf(':');
        return colon > 0 && !server.EndsWith(']') && int.TryParse(server.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port)
            ? (server[..colon].Trim('[', ']'), port)
            : (server.Trim('[', ']'), SubmissionPort);
    }

    /// <summary>Sends.</summary>
    /// <exception cref="MissingVariableException">User or password can't be filled in.</exception>
    public async Task<DeliveryAnswer> SendAsync(
        MailSettings mail, HostingAlert alert, string key, ChannelSecrets secrets, CancellationToken cancellationToken)
    {
        var (name, port) = Endpoint(mail.Server);
        var user = mail.ReadUser() is { } account ? secrets.Fill(account) : null;
        var password = mail.ReadPassword() is { } written ? secrets.Fill(written) : null;
        using var message = MailText.Write(mail, alert, key);
        var client = new SmtpClient(name, port) { EnableSsl = mail.Tls == MailTls.StartTls };
        try
        {
            if (user is not null)
            {
                client.Credentials = new NetworkCredential(user, password ?? "");
            }

            // A server that says nothing at all would keep the client from hearing of the cancellation.
            await client.SendMailAsync(message, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            return DeliveryAnswer.Sent("250");
        }
        catch (SmtpFailedRecipientsException exception)
        {
            return Partly(mail, exception.InnerExceptions.Length, Say(exception, secrets), exception);
        }
        catch (SmtpFailedRecipientException exception)
        {
            return Partly(mail, 1, Say(exception, secrets), exception);
        }
        catch (SmtpException exception)
        {
            return Refused(exception, secrets);
        }
        catch (AuthenticationException)
        {
            return DeliveryAnswer.Later("its certificate, or TLS, is refused");
        }
        finally
        {
            // Saying goodbye may wait for a server that is silent.
            _ = Task.Run(client.Dispose, CancellationToken.None);
        }
    }

    // Who was refused is not tried again when somebody got it: the others would get it twice.
    private static DeliveryAnswer Partly(MailSettings mail, int refused, string said, SmtpException exception) => refused < mail.To.Count
        ? DeliveryAnswer.Sent(FormattableString.Invariant($"taken for {mail.To.Count - refused} of {mail.To.Count} recipients; {said}"))
        : IsPassing(exception) ? DeliveryAnswer.Later("it takes none of the recipients: " + said) : DeliveryAnswer.Never("it takes none of the recipients: " + said);

    private static DeliveryAnswer Refused(SmtpException exception, ChannelSecrets secrets) => exception switch
    {
        { InnerException: AuthenticationException } => DeliveryAnswer.Later("its certificate, or TLS, is refused"),
        { InnerException: { } inner } when exception.StatusCode == SmtpStatusCode.GeneralFailure => DeliveryAnswer.Later($"it can't be reached ({Innermost(inner)})"),
        _ when IsPassing(exception) => DeliveryAnswer.Later(Say(exception, secrets)),
        _ => DeliveryAnswer.Never(Say(exception, secrets)),
    };

    // 4yz passes (RFC 5321 §4.2.1); GeneralFailure is the client's own word for what is no answer of the server.
    private static bool IsPassing(SmtpException exception) =>
        exception.StatusCode is SmtpStatusCode.GeneralFailure or SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.ServiceNotAvailable || (int)exception.StatusCode is >= 400 and < 500;

    private static string Say(SmtpException exception, ChannelSecrets secrets) => exception.StatusCode == SmtpStatusCode.GeneralFailure
        ? secrets.Hide(exception.Message)
        : FormattableString.Invariant($"{(int)exception.StatusCode}: {secrets.Hide(exception.Message)}");

    private static string Innermost(Exception exception) => exception switch
    {
        System.Net.Sockets.SocketException socket => socket.SocketErrorCode.ToString(),
        { InnerException: { } inner } => Innermost(inner),
        _ => exception.GetType().Name,
    };
}
