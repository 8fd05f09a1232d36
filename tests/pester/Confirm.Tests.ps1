# Questions: who is asked, what is asked, and what each answer does. Each test in a sandbox as it was in the beginning.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    $beginning = 'acme left, bakery right, clinic left'
}

Describe 'Questions' {
    BeforeEach {
        $env:HOSTINGOPS_STATE = Join-Path $TestDrive "$([guid]::NewGuid()).db"
        $sandbox = New-Rehearsal
        $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath
    }

    AfterEach {
        $sandbox.Dispose()
        $env:HOSTINGOPS_STATE = $null
        $env:HOSTINGOPS_INVENTORY = $null
    }

    It 'name the site, from where to where, and the records, under one caption' {
        $run = Invoke-Asked 'Invoke-SiteFailover acme -Planned' 'No'
        $run.Questions | Should -HaveCount 1
        $run.Captions | Should -Be 'Move live traffic'
        $run.Questions[0] | Should -Match '^Switchover of acme: left -> right\n'
        $run.Questions[0] | Should -Match 'A 203\.0\.113\.10 \(TTL 60\) -> A 198\.51\.100\.7 \(TTL 60\)'
        $run.Questions[0] | Should -Match '\nDo it\?$'
        $run.Questions[0] | Should -Not -Match "`e"
        $run.Output | Should -BeNullOrEmpty
        Get-ActiveHost | Should -Be $beginning
    }

    It 'fit 80 columns' {
        $run = Invoke-Asked 'Invoke-SiteFailover acme -Planned' 'No'
        $run.Questions[0] -split '\n' | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 -Because $_ }
    }

    It 'are one per site, and each is answered for itself' {
        $run = Invoke-Asked 'Invoke-SiteFailover acme, bakery, clinic -Planned' 'Yes', 'No', 'Yes'
        $run.Questions | Should -HaveCount 3
        $run.Output.SiteName | Sort-Object | Should -Be 'acme', 'clinic'
        Get-ActiveHost | Should -Be 'acme right, bakery right, clinic right'
    }

    It 'end with Yes to All, for all' {
        $run = Invoke-Asked 'Invoke-SiteFailover acme, bakery, clinic -Planned' 'Yes to All'
        $run.Questions | Should -HaveCount 1
        Get-ActiveHost | Should -Be 'acme right, bakery left, clinic right'
    }

    It 'end with No to All, for the rest' {
        $run = Invoke-Asked 'Invoke-SiteFailover acme, bakery, clinic -Planned' 'Yes', 'No to All'
        $run.Questions | Should -HaveCount 2
        Get-ActiveHost | Should -Be 'acme right, bakery right, clinic left'
    }

    It 'can be put off for a look around, and are asked again' {
        $run = Invoke-Asked 'Invoke-SiteFailover acme -Planned' 'Suspend', 'Yes'
        $run.Suspended | Should -Be 1
        $run.Questions | Should -HaveCount 2
        Get-ActiveHost | Should -Be 'acme right, bakery right, clinic left'
    }

    It 'are asked by <Command>' -ForEach @(
        @{ Command = 'Set-SiteDnsTarget acme right'; Question = 'Change by hand of acme: left -> right' }
        @{ Command = 'Undo-SiteFailover clinic'; Question = 'Undo of clinic: right -> left' }
    ) {
        $null = Invoke-SiteFailover clinic -Planned -Force
        $before = Get-ActiveHost
        $run = Invoke-Asked $Command 'No'
        $run.Questions | Should -HaveCount 1
        $run.Questions[0] | Should -Match "^$([regex]::Escape($Question))\n"
        Get-ActiveHost | Should -Be $before
    }

    It 'are not asked by <_>' -ForEach @(
        'Invoke-SiteFailover acme -Planned -Force'
        'Invoke-SiteFailover acme -Planned -Confirm:$false'
        '$ConfirmPreference = "None"; Invoke-SiteFailover acme -Planned'
        '$ConfirmPreference = "Low"; Invoke-SiteFailover acme -Planned -Force'
        'Set-SiteDnsTarget acme right -Force'
        'Set-SiteDnsTarget acme right -Confirm:$false'
    ) {
        $run = Invoke-Asked $_
        $run.Questions | Should -BeNullOrEmpty
        $run.Errors | Should -BeNullOrEmpty
        Get-ActiveHost | Should -Be 'acme right, bakery right, clinic left'
    }

    It 'are asked in spite of -Force where -Confirm was given' {
        (Invoke-Asked 'Invoke-SiteFailover acme -Planned -Force -Confirm' 'No').Questions | Should -HaveCount 1
        (Invoke-Asked 'Set-SiteDnsTarget acme right -Force -Confirm' 'No').Questions | Should -HaveCount 1
        Get-ActiveHost | Should -Be $beginning
    }

    It 'are not needed for what moves no traffic, unless the preference says so: <Command>' -ForEach @(
        @{ Command = 'Disable-SiteFailover acme Migration'; Question = 'Switch failover off.*acme' }
        @{ Command = 'Enable-SiteFailover acme'; Question = 'Switch failover on.*acme' }
        @{ Command = 'New-HostingInventory (Join-Path $env:TMPDIR_OF_TEST "asked.yml")'; Question = 'Write inventory.*asked\.yml' }
        @{ Command = '$s = Start-HostingSandbox'; Question = 'Start sandbox' }
    ) {
        $env:TMPDIR_OF_TEST = $TestDrive
        $run = Invoke-Asked "`$ConfirmPreference = 'Medium'; $Command" 'No'
        $run.Questions | Should -HaveCount 1
        $run.Questions[0] | Should -Match $Question
        Join-Path $TestDrive 'asked.yml' | Should -Not -Exist
        Get-SiteFailoverPlan acme -Planned | ForEach-Object Allowed | Should -BeTrue
    }

    It 'are not asked at Medium impact by default: Disable-SiteFailover' {
        (Invoke-Asked 'Disable-SiteFailover acme Migration').Questions | Should -BeNullOrEmpty
        (Get-SiteFailoverPlan acme -Planned).Allowed | Should -BeFalse
    }

    It 'are not asked about a plan that moves nothing' {
        (Invoke-Asked 'Set-SiteDnsTarget acme left').Questions | Should -BeNullOrEmpty
        $refused = Invoke-Asked 'Invoke-SiteFailover acme'
        $refused.Questions | Should -BeNullOrEmpty
        $refused.Errors.FullyQualifiedErrorId | Should -BeLike 'FailoverRefused,*'
    }

    It '-Force passes no gate' {
        Disable-SiteFailover acme 'Migration'
        $result = Invoke-SiteFailover acme -Planned -Force -ErrorAction SilentlyContinue -ErrorVariable refused
        $result.Outcome | Should -Be 'Refused'
        $refused.FullyQualifiedErrorId | Should -BeLike 'FailoverRefused,*'
        Get-ActiveHost | Should -Be $beginning
    }

    It 'that nobody can answer end the command before anything is changed: <_>' -ForEach @(
        'Invoke-SiteFailover acme, bakery -Planned'
        'Set-SiteDnsTarget acme right'
        'Get-SiteFailoverPlan acme -Planned | Invoke-SiteFailover'
        'Disable-SiteFailover acme Migration -Confirm'
    ) {
        $zone = Get-ZoneBody $sandbox
        $run = Invoke-Asked $_
        $run.Output | Should -BeNullOrEmpty
        $run.Errors | Should -HaveCount 1
        $run.Errors[0].FullyQualifiedErrorId | Should -BeLike 'ConfirmationRequired,HostingOps.Cmdlets.*'
        $run.Errors[0].Exception | Should -BeOfType HostingOps.HostingException
        $run.Errors[0].ErrorDetails.RecommendedAction | Should -Match '-Confirm:\$false'
        Get-ZoneBody $sandbox | Should -BeExactly $zone
        Get-SiteFailoverHistory | Should -BeNullOrEmpty
        (Get-SiteFailoverPlan acme -Planned).Allowed | Should -BeTrue
    }

    It 'in a shell without a user end it with exit code 1: <Name>' -ForEach @(
        @{ Name = 'pwsh -NonInteractive'; Arguments = '-NonInteractive'; Said = 'NonInteractive' }
        @{ Name = 'pwsh with an ended standard input'; Arguments = '-NoLogo'; Said = 'Standard input has ended' }
    ) {
        $zone = Get-ZoneBody $sandbox
        $text = @() | & ([Environment]::ProcessPath) -NoProfile $Arguments -Command "Import-Module '$modulePath'; Invoke-SiteFailover acme -Planned" 2>&1 | Out-String -Width 500
        $LASTEXITCODE | Should -Be 1
        $text | Should -Match 'nobody can be asked\. Nothing was changed'
        $text | Should -Match $Said
        Get-ZoneBody $sandbox | Should -BeExactly $zone
    }
}
