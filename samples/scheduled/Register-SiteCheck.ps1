#requires -Version 7.4
<#
.SYNOPSIS
    Registers Invoke-SiteCheck.ps1 with the Windows Task Scheduler, as an account that can do little else.
.DESCRIPTION
    Run it once, elevated. The task runs as LOCAL SERVICE unless another account is named, a group managed service
    account for example; it gets a folder of its own for log and state, and no other right.
    A task whose last result is not 0x0 has something to tell: the codes stand at the top of Invoke-SiteCheck.ps1.
.EXAMPLE
    ./Register-SiteCheck.ps1 -InventoryPath C:\Ops\hosting.yml
    Checks every five minutes.
.EXAMPLE
    ./Register-SiteCheck.ps1 -InventoryPath C:\Ops\hosting.yml -Account 'AGENCY\hostingops$' -Every 00:02 -Move
    Checks every two minutes as a managed service account, and moves what is down as far as the gates allow.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $InventoryPath,

    # A folder for check.log and state.db, which the account may write to.
    [string] $Folder = (Join-Path ([Environment]::GetFolderPath('CommonApplicationData')) 'HostingOps'),

    # hh:mm between two checks.
    [ValidateScript({ $_ -ge '00:01' })]
    [timespan] $Every = '00:05',

    # LOCAL SERVICE, or a group managed service account.
    [string] $Account = 'NT AUTHORITY\LOCAL SERVICE',

    [string] $TaskName = 'HostingOps site check',

    # Let the check move sites, without asking.
    [switch] $Move
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function ConvertTo-Argument([string] $Text) {
    if ($Text.Contains('"')) {
        throw "A task's command line can't hold the quote in: $Text"
    }

    # A backslash before the closing quote would escape it.
    '"' + ($Text -replace '(\\+)$', '$1$1') + '"'
}

$inventory = (Resolve-Path -LiteralPath $InventoryPath).ProviderPath
$Folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Folder)
$arguments = @(
    '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'RemoteSigned'
    '-File', (ConvertTo-Argument (Join-Path $PSScriptRoot 'Invoke-SiteCheck.ps1'))
    '-InventoryPath', (ConvertTo-Argument $inventory)
    '-StatePath', (ConvertTo-Argument (Join-Path $Folder 'state.db'))
    '-LogPath', (ConvertTo-Argument (Join-Path $Folder 'check.log'))
    if ($Move) { '-Move' }
) -join ' '

if (-not $PSCmdlet.ShouldProcess($TaskName, "Register a task that runs as $Account every $Every")) {
    return
}

$null = New-Item $Folder -ItemType Directory -Force
if ($IsWindows) {
    # By their SIDs, for the names differ between languages: SYSTEM, the administrators, and the account.
    icacls $Folder /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' "${Account}:(OI)(CI)M" /Q
    if ($LASTEXITCODE -ne 0) {
        throw "icacls could not set the rights on '$Folder'."
    }
}

$task = @{
    TaskName = $TaskName
    Description = 'Checks the sites of HostingOps; the last result is the exit code of Invoke-SiteCheck.ps1.'
    Action = New-ScheduledTaskAction -Execute ([Environment]::ProcessPath) -Argument $arguments -WorkingDirectory $Folder
    Trigger = New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval $Every
    Principal = New-ScheduledTaskPrincipal -UserId $Account -LogonType ($Account.EndsWith('$') ? 'Password' : 'ServiceAccount') -RunLevel Limited
    # A check that hangs is ended; one that is late does not start a second.
    Settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -ExecutionTimeLimit '00:10' -StartWhenAvailable
    Force = $true
}
Register-ScheduledTask @task
