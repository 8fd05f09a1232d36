namespace HostingOps;

/// <summary>How the way to a mail server is kept from others' eyes.</summary>
public enum MailTls : long
{
    /// <summary>STARTTLS before anything is said; a server that does not offer it gets nothing.</summary>
    StartTls,

    /// <summary>Not at all: for a server on this machine.</summary>
    None,
}
