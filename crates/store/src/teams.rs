//! Teams of an organisation: a name, and who belongs to it.

use crate::{
    Store, StoreError,
    members::at_least_one,
    row::{bytes, taken},
};
use casework::{ItemId, MemberId};
use sqlx::Row;

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Random.
    pub id: ItemId,
    /// What colleagues call it.
    pub name: String,
    /// Who belongs to it.
    pub members: Vec<MemberId>,
}

impl Store {
    /// The teams of an organisation, by name.
    pub async fn teams(&self, organisation: &str) -> Result<Vec<Team>, StoreError> {
        let rows = sqlx::query(
            "SELECT t.id, t.name, m.member FROM teams t LEFT JOIN team_members m ON m.team = t.id \
             WHERE t.organisation = $1 ORDER BY t.name, t.id, m.member",
        )
        .bind(organisation.to_owned())
        .fetch_all(&self.reader)
        .await?;
        let mut teams: Vec<Team> = Vec::new();
        for row in &rows {
            let id = bytes(row, "id").map(ItemId)?;
            if teams.last().is_none_or(|last| last.id != id) {
                teams.push(Team { id, name: row.try_get("name")?, members: Vec::new() });
            }
            let member: Option<Vec<u8>> = row.try_get("member")?;
            if let (Some(team), Some(member)) = (teams.last_mut(), member) {
                team.members.push(member[..].try_into().map_err(|_| StoreError::Damaged("member"))?);
            }
        }
        Ok(teams)
    }

    /// Keeps a team as it is from now on.
    ///
    /// # Errors
    /// [`StoreError::Taken`] for the id of another organisation's; [`StoreError::Absent`] for a member of another one.
    pub async fn keep_team(&self, organisation: String, team: Team) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let kept = sqlx::query(
                    "INSERT INTO teams (id, organisation, name) VALUES ($1, $2, $3) \
                     ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE teams.organisation = excluded.organisation",
                )
                .bind(&team.id.0[..])
                .bind(organisation.clone())
                .bind(team.name)
                .execute(&mut *c)
                .await?;
                if kept.rows_affected() == 0 {
                    return Err(StoreError::Taken("team"));
                }
                sqlx::query("DELETE FROM team_members WHERE team = $1").bind(&team.id.0[..]).execute(&mut *c).await?;
                for member in team.members {
                    let added = sqlx::query(
                        "INSERT INTO team_members (team, member) \
                         SELECT $1, id FROM members WHERE id = $2 AND organisation = $3",
                    )
                    .bind(&team.id.0[..])
                    .bind(&member.0[..])
                    .bind(organisation.clone())
                    .execute(&mut *c)
                    .await
                    .map_err(|error| taken(error, "member of the team"))?;
                    at_least_one(added.rows_affected(), "member")?;
                }
                Ok(())
            })
        })
        .await
    }

    /// A team is no more. Cases keep its id in their log; in lists they stand under no team.
    pub async fn drop_team(&self, organisation: String, team: ItemId) -> Result<(), StoreError> {
        self.write(move |c| {
            Box::pin(async move {
                let known = sqlx::query("SELECT 1 FROM teams WHERE id = $1 AND organisation = $2")
                    .bind(&team.0[..])
                    .bind(organisation.clone())
                    .fetch_optional(&mut *c)
                    .await?;
                known.ok_or(StoreError::Absent("team"))?;
                for sql in ["DELETE FROM team_members WHERE team = $1", "DELETE FROM teams WHERE id = $1"] {
                    sqlx::query(sql).bind(&team.0[..]).execute(&mut *c).await?;
                }
                Ok(())
            })
        })
        .await
    }
}
